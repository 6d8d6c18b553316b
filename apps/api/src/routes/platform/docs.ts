import type { FastifyHelmetOptions } from "@fastify/helmet";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyPluginAsync, FastifyReply } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Security headers of this route, in place of the usual ones. `@fastify/helmet` reads it. */
    helmet?: FastifyHelmetOptions;
  }
}

/** Placeholder that Scalar writes into the page for a nonce. Each answer replaces it with new nonces. */
const NONCE = "nonce-of-this-answer";

/**
 * Script that runs before Scalar's, and adds the style nonce to every style sheet that Scalar creates: those of its
 * notices and of its editor come without one. HTML that was injected into the page gets no nonce.
 */
const addStyleNonces = `{
const { createElement } = document;
const { content: nonce } = document.querySelector("meta[property=csp-nonce]");
document.createElement = (...named) => {
  const element = createElement.call(document, ...named);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
};
}`;

/** The page may load its own script and styles, and connect to this API only. */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: [], // and a nonce
  styleSrc: [], // and a nonce
  imgSrc: ["'self'", "data:"],
  fontSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The only page of this app. It loads nothing from other hosts, and its policy forbids it to. */
export const docsRoutes: FastifyPluginAsync = async (server) => {
  server.addHook("onRoute", (route) => {
    const helmet = {
      enableCSPNonces: true,
      contentSecurityPolicy: { useDefaults: false, directives },
    };
    route.config = { ...route.config, helmet };
  });
  server.addHook("onSend", async (_, reply, body) => {
    const isPage = String(reply.getHeader("content-type")).startsWith("text/html");
    return isPage && typeof body === "string" ? withNonces(body, reply.cspNonce) : body;
  });
  await server.register(scalar, {
    routePrefix: "/docs",
    configuration: {
      url: "/openapi.json",
      pageTitle: "Ringfence API",
      nonce: NONCE,
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: "never",
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
};

const withNonces = (page: string, { script, style }: FastifyReply["cspNonce"]) =>
  page
    .replace("</head>", `<script nonce="${NONCE}">${addStyleNonces}</script></head>`)
    .replaceAll(`content="${NONCE}"`, `content="${style}"`)
    .replaceAll(`nonce="${NONCE}"`, `nonce="${script}"`);
