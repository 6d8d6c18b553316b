import { createServer, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { type IServices, listen } from "soap";
import { onTestFinished } from "vitest";

/** Answers in the place of the service; whether it did. */
export type Instead = (operation: string, response: ServerResponse) => boolean;

/**
 * A SOAP service of this machine, by its description, until the test ends: envelopes are read and
 * written by a library that has nothing of ours.
 */
export async function aSoapService(
  wsdl: string,
  services: IServices,
  { path, instead }: { path: string; instead: Instead },
) {
  const server = createServer();
  const description = readFileSync(new URL(wsdl, import.meta.url), "utf8");
  await new Promise((resolve) => {
    listen(server, { path, services, xml: description, callback: () => resolve(null) });
  });
  const [library] = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    const operation = String(request.headers["soapaction"])
      .replaceAll('"', "")
      .split(/[/#]/)
      .at(-1);
    if (instead(operation ?? "", response)) request.resume();
    else library?.call(server, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return { host, url: `http://${host}${path}` };
}
