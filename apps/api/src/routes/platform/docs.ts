import type { FastifyHelmetOptions } from "@fastify/helmet";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyPluginAsync, FastifyReply } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Security headers of this route instead of those of all. `@fastify/helmet` reads it. */
    helmet?: FastifyHelmetOptions;
  }
}

/** The page writes this where a nonce belongs, and each answer replaces it with nonces of its own. */
const NONCE = "nonce-of-this-answer";

/**
 * Runs before the page's own script, and gives the nonce for styles to the style sheets that it makes: those
 * of its notices and of its editor come without. HTML that got into the page otherwise has none.
 */
const passNonceOn = `{
const { createElement } = document;
const { content: nonce } = document.querySelector("meta[property=csp-nonce]");
document.createElement = (...named) => {
  const element = createElement.call(document, ...named);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
};
}`;

/** What the page may load: its own script and styles, and from this API alone. */
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
    .replace("</head>", `<script nonce="${NONCE}">${passNonceOn}</script></head>`)
    .replaceAll(`content="${NONCE}"`, `content="${style}"`)
    .replaceAll(`nonce="${NONCE}"`, `nonce="${script}"`);
