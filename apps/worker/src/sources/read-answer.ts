import type { IncomingMessage } from "node:http";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { unreachable } from "./ask-server.ts";

type Reading = { host: string; bytesMax: number; signal: AbortSignal };

/** Reads the text of an answer, up to its limit. */
export async function readAnswer(
  response: IncomingMessage,
  { host, bytesMax, signal }: Reading,
): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of response) {
      if (!Buffer.isBuffer(piece)) continue;
      bytes += piece.length;
      if (bytes > bytesMax) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw signal.aborted || !(error instanceof Error) ? error : unreachable(host, error);
  }
  if (bytes > bytesMax) throw new RunFault({ key: "source.too-large", values: { file: host } });
  return Buffer.concat(pieces).toString("utf8");
}
