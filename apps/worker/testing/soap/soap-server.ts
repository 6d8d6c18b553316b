import { createServer, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { type IServices, listen } from "soap";
import { openServer } from "../open-server.ts";

/** Answers instead of the service; returns true if it did. */
export type Instead = (operation: string, response: ServerResponse) => boolean;

type SoapService = { path: string; instead: Instead; port?: number | undefined };

/**
 * A SOAP service on this machine, from its WSDL: a library that shares no code with ours reads and
 * writes the envelopes.
 */
export async function openSoapService(
  wsdl: string,
  services: IServices,
  { path, instead, port }: SoapService,
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
  const { host, close } = await openServer(server, port);
  return { host, url: `http://${host}${path}`, close };
}
