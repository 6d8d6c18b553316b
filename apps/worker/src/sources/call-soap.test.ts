import type { RequestListener } from "node:http";
import { expect, it } from "vitest";
import { createSourceOptions } from "../../testing/source-options.ts";
import { serve } from "../../testing/serve.ts";
import { callSoap } from "./call-soap.ts";

const secret = "wash & go";
const fault = (said: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>` +
  `<faultstring>${said}</faultstring></e:Fault></e:Body></e:Envelope>`;

async function call(answer: RequestListener, more: { silenceMaxMs?: number } = {}) {
  const { host, url } = await serve(answer);
  const { settings, signal } = createSourceOptions(host);
  const how = { action: "Wash", body: "<Wash/>", silenceMaxMs: 60_000, ...more };
  return callSoap({ url, secret, settings, signal, ...how });
}

it.each([
  ["No such number: 0412000001.", "No such number: …."],
  ["+61 (412) 000-001 and 61412000002", "+… and …"],
  ["Wrong password wash &amp; go, or wash &amp;amp; go", "Wrong password …, or …"],
  ["Error 12345 in line 7", "Error 12345 in line 7"],
])("repeats nothing personal from a service's answer: %s", async (said, shown) => {
  const asked = call((_, response) => response.writeHead(500).end(fault(said)));
  await expect(asked).rejects.toMatchObject({
    explanation: { key: "source.soap-fault", values: { said: shown } },
  });
});

it("shortens only after removing numbers, so that no half of one remains", async () => {
  const said = `${"x".repeat(195)} 0412000001`;
  const asked = call((_, response) => response.writeHead(500).end(fault(said)));
  await expect(asked).rejects.toMatchObject({
    explanation: { values: { said: `${"x".repeat(195)} …` } },
  });
});
