import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import path from "node:path";

const folder = path.join(import.meta.dirname, "form-pages");

const page = (lang: string, body: string) =>
  `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Page</title><body>${body}</body></html>`;

/** Pages to which the forms link. */
const pages: Record<string, string> = {
  "/privacy": page(
    "en",
    "<p>Example Windows LLC, 1 Main Street, Springfield.</p><p>You have the right to see, correct and erase your data.</p><p>You can complain to the supervisory authority.</p>",
  ),
  "/privacy-thin": page("en", "<p>We care about your privacy.</p>"),
  "/privacy-ru": page(
    "ru",
    "<p>ООО «Ромашка», адрес: улица Садовая, 1.</p><p>Вы имеете право узнать, какие данные мы храним.</p><p>Жалобу можно подать в Роскомнадзор.</p>",
  ),
  "/soglasie": page("ru", "<p>Согласие на обработку персональных данных</p>"),
  "/stop": page("en", "<form><label>Phone <input type=tel></label><button>Stop</button></form>"),
  "/otkaz": page(
    "ru",
    "<form><label>Телефон <input type=tel></label><button>Отказ</button></form>",
  ),
  "/stop-account": page(
    "en",
    "<form><input type=email><input type=password><button>Sign in</button></form>",
  ),
  "/cabinet": page(
    "ru",
    "<form><input type=email><input type=password><button>Войти</button></form>",
  ),
};

function answerTo({ method, url = "" }: IncomingMessage, body: string) {
  const isAgreed = new URLSearchParams(body).has("calls");
  if (method === "POST" && url === "/priced") {
    return page("en", `<p>Thank you. Your price is ${isAgreed ? "$199" : "$249"}.</p>`);
  }
  if (method === "POST") return page("en", "<p>Thank you. Your price is $249.</p>");
  const fixed = pages[url];
  if (fixed !== undefined) return fixed;
  const name = /^\/([a-z-]+)$/.exec(url)?.[1];
  try {
    return readFileSync(path.join(folder, `${name}.html`), "utf8");
  } catch {
    return null;
  }
}

/** A server of the forms on this machine. */
export async function serveForms() {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const html = answerTo(request, Buffer.concat(chunks).toString());
      const headers = { "content-type": "text/html; charset=utf-8" };
      response.writeHead(html === null ? 404 : 200, headers).end(html ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { host: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`, close };
}
