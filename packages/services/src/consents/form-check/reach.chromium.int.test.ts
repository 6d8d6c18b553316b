import { writeFile } from "node:fs/promises";
import { type RequestListener, type Server, createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { aFolder } from "@ringfence/db/testing";
import { afterAll, expect, it } from "vitest";
import { chromiumOfTests } from "../../../testing/chromium-of-tests.ts";
import { renderForm } from "./render-form.ts";

// Tests run side by side, because each mostly waits for its browser.

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on this machine, until the last test ends; what it was asked for, and with which cookies. */
async function serve(answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.cookie ?? ""}`.trim());
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { host: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`, asked };
}

const html =
  (body: string): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { "content-type": "text/html", "set-cookie": "a=1" }).end(body);
const form = "<form method=post><label>Phone <input type=tel></label><button>Send</button></form>";

const look = (url: string, { maySend = false, allowed = [] as string[], limitMs = 60_000 } = {}) =>
  renderForm(chromiumOfTests(...allowed), { url, maySend, limitMs });

it.concurrent("opens nothing inside a private network, and says how to allow it", async () => {
  const { host, asked } = await serve(html(form));
  expect(await look(`http://${host}/`)).toEqual({
    outcome: "failed",
    fault: { key: "form-run.private-host", values: { host } },
  });
  expect(asked).toEqual([]);
});

it.concurrent("does not reach a private network by picture, frame, script or redirect", async () => {
  const inner = await serve(html("secret"));
  const at = `http://${inner.host}`;
  const outer = await serve(
    html(
      `${form}<img src="${at}/picture"><iframe src="${at}/frame"></iframe>
       <script>fetch("${at}/fetch"); new WebSocket("ws://${inner.host}/socket");</script>`,
    ),
  );
  const allowed = [outer.host];
  expect(await look(`http://${outer.host}/`, { allowed })).toMatchObject({ outcome: "rendered" });
  const door = await serve((_, response) => void response.writeHead(302, { location: at }).end());
  expect(await look(`http://${door.host}/`, { allowed: [door.host] })).toEqual({
    outcome: "failed",
    fault: { key: "form-run.private-host", values: { host: inner.host } },
  });
  expect(inner.asked).toEqual([]);
});

it.concurrent("opens no local file that a page calls its privacy notice or its page for withdrawing", async () => {
  const file = path.join(aFolder(), "secret.html");
  await writeFile(file, "<p>a secret of this machine</p>");
  const url = pathToFileURL(file).href;
  const { host } = await serve(
    html(`${form}<a href="${url}">Privacy policy</a> <a href="${url}?stop">Withdraw consent</a>`),
  );

  const looked = await look(`http://${host}/`, { allowed: [host] });
  const nowhere = { status: null, text: "", steps: 0, asksPassword: false };
  expect(looked).toMatchObject({
    form: {
      privacyNotice: { url, ...nowhere },
      withdrawal: { url: `${url}?stop`, ...nowhere },
    },
  });
});

it.concurrent("sends nothing unless allowed, and takes no cookie from one visit to the next", async () => {
  const { host, asked } = await serve(html(form));
  const allowed = [host];
  const visits = () => asked.filter((line) => line.startsWith("GET / ") || line === "GET /");
  const sent = () => asked.filter((line) => line.startsWith("POST"));

  await look(`http://${host}/`, { allowed });
  expect(sent()).toEqual([]);
  await look(`http://${host}/`, { allowed, maySend: true });
  expect(sent()).toHaveLength(2);
  expect(visits().length).toBeGreaterThan(2);
  expect(new Set(visits())).toEqual(new Set(["GET /"]));
});

it.concurrent.each([
  ["file:///etc/passwd", "form-run.invalid-url"],
  ["javascript:alert(1)", "form-run.invalid-url"],
  ["example", "form-run.invalid-url"],
  ["https://name:secret@example.com/", "form-run.credentials"],
])("does not open %s", async (url, key) => {
  expect(await look(url)).toMatchObject({ outcome: "failed", fault: { key } });
});

it.concurrent("reports a missing page, a page without a form, and a host that does not answer", async () => {
  const { host } = await serve((request, response) => {
    if (request.url === "/nothing") html("<p>Good day</p>")(request, response);
    else response.writeHead(404).end("no");
  });
  const allowed = [host];
  expect(await look(`http://${host}/x`, { allowed })).toMatchObject({
    fault: { key: "form-run.status", values: { status: 404 } },
  });
  expect(await look(`http://${host}/nothing`, { allowed })).toMatchObject({
    fault: { key: "form-run.no-form" },
  });
  expect(await look("https://nowhere.invalid/")).toMatchObject({
    fault: { key: "form-run.unreachable", values: { host: "nowhere.invalid" } },
  });
});

it.concurrent.each([
  ["loads for ever", (): void => {}],
  [
    "hangs in a script",
    html(`${form}<script>addEventListener("load", () => { for (;;); })</script>`),
  ],
])("gives up on a page that %s", async (_, answer) => {
  const { host } = await serve(answer);
  expect(await look(`http://${host}/`, { allowed: [host], limitMs: 4_000 })).toEqual({
    outcome: "failed",
    fault: { key: "form-run.timeout", values: { seconds: 4 } },
  });
});

it.concurrent("is not blocked by a page that opens dialogs", async () => {
  const { host } = await serve(
    html(`${form}<script>for (let i = 0; i < 3; i++) alert(i)</script>`),
  );
  expect(await look(`http://${host}/`, { allowed: [host] })).toMatchObject({ outcome: "rendered" });
});
