import { createVerify, type KeyObject } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { openServer } from "./open-server.ts";

export type SgWorld = {
  /** Numbers per question, as written in Singapore. */
  asked: string[][];
  /** Registered numbers. */
  registered: Set<string>;
  /** Answers instead of the service; returns true if it did. */
  instead: (response: ServerResponse) => boolean;
};

/**
 * The real-time service of Singapore, on this machine, for callers who sign as ORG; others get
 * S401.
 */
export async function openSgServer(publicKey: KeyObject | string, port?: number) {
  const world: SgWorld = { asked: [], registered: new Set(), instead: () => false };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const sent = await text(request);
    const { numbers } = JSON.parse(sent) as { numbers: string[] };
    world.asked.push(numbers);
    if (world.instead(response)) return;
    const [signed = "", signature = ""] =
      request.headers.authorization?.split("&appSignature=") ?? [];
    const isSigned = createVerify("RSA-SHA256")
      .update(signed)
      .verify(publicKey, signature, "base64");
    const isKnown = isSigned && /^orgCode=ORG&eServiceId=SVC&timestamp=\d{13}$/.test(signed);
    const said = numbers.map((number) => ({
      number,
      no_voice_call: world.registered.has(number) ? "R" : "NR",
      no_text: "NR",
      no_fax: "NR",
    }));
    const good = { status_code: "S000", transactionid: "T1", numbers: said };
    response.end(JSON.stringify(isKnown ? good : { errorTo: { code: "S401", message: "No" } }));
  };
  const { host, close } = await openServer(
    (request, response) => void answer(request, response),
    port,
  );
  return { world, url: `http://${host}/realtime/check/registry`, close };
}
