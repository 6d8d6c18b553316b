import helmet from "@fastify/helmet";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyPluginAsync } from "fastify";

/** The only page of this app. It loads nothing from other hosts, and its policy forbids it to. */
export const docsRoutes: FastifyPluginAsync = async (server) => {
  await server.register(helmet, {
    strictTransportSecurity: false, // left to the proxy, which knows its domains
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", "'unsafe-inline'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  await server.register(scalar, {
    routePrefix: "/docs",
    configuration: {
      url: "/openapi.json",
      pageTitle: "Ringfence API",
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: "never",
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
};
