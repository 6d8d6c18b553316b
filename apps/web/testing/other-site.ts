import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** Strict policy of a company's page: it allows one script by its hash and requests to one API. */
const createPolicy = (api: string) =>
  [
    "default-src 'none'",
    `script-src ${api}`,
    `connect-src ${api}`,
    "form-action 'self'",
    "base-uri 'none'",
  ].join("; ");

type Page = { api: string; integrity: string; address: string; words?: string; more?: string };

const renderHtml = ({ api, integrity, address, words = "", more = "" }: Page) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Shop: contact</title>
<script src="${api}/consent.js" integrity="${integrity}" crossorigin="anonymous" defer></script></head>
<body><h1>Contact us</h1>
<form method="post" action="/contact" data-ringfence="${address}">
<label>Phone <input type="tel" name="phone"></label>
<label><input type="checkbox" name="calls" data-ringfence-box="advertising">
<span data-ringfence-text="advertising">${words}</span></label>
${more}<button>Send</button></form></body></html>`;

/** Starts another company's site on its own origin, with a form bound to one of ours. */
export async function openOtherSite() {
  const posted: string[] = [];
  let page = "";
  let policy = "";
  const answer = async (request: IncomingMessage) => {
    if (request.method === "POST") {
      posted.push(await text(request));
      return "<!doctype html><html lang=en><title>Thanks</title><h1>Thank you</h1>";
    }
    return page;
  };
  const server = createServer((request, response) => {
    void answer(request).then((html) => {
      response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
      return response.end(html);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    origin,
    posted,
    show(shown: Page) {
      page = renderHtml(shown);
      policy = createPolicy(shown.api);
    },
    close: () => server.close(),
  };
}
