import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  cosignatureText,
  isConsistencyProven,
  type NoteKey,
  openCheckpoint,
  readBase64,
  readNote,
  encodeTimedSignature,
  type TreeHead,
} from "@ringfence/core/proof/ledger";
import { aSigner } from "@ringfence/core/testing/ledger";
import { onTestFinished } from "vitest";

const utf8 = new TextEncoder();

/** A C2SP tlog-witness, which signs only checkpoints that grew out of the last one it signed. */
export async function aWitness(log: NoteKey) {
  const signer = aSigner("witness.test", "witness", 9);
  let seen: TreeHead = { size: 0, root: new Uint8Array(Buffer.from(EMPTY, "hex")) };
  const asked: string[] = [];

  /** The answer to `add-checkpoint`. */
  function answer(body: string): [status: number, text: string] {
    const cut = body.indexOf("\n\n");
    const [old = "", ...lines] = body.slice(0, cut).split("\n");
    const opened = openCheckpoint(body.slice(cut + 2), [log]);
    if (!opened.ok) return [403, ""];
    const { size, root } = opened.checkpoint;
    const from = Number(/^old (\d+)$/.exec(old)?.[1] ?? Number.NaN);
    if (!(from <= size)) return [400, ""];
    if (from !== seen.size) return [409, `${seen.size}\n`];
    const proof = lines.flatMap((line) => readBase64(line) ?? []);
    if (!isConsistencyProven(seen, { size, root }, proof)) return [422, ""];

    seen = { size, root };
    const text = readNote(body.slice(cut + 2))?.text ?? "";
    const seconds = Math.floor(Date.now() / 1_000);
    const signature = signer.sign(utf8.encode(cosignatureText(text, seconds)));
    return [200, signer.line(encodeTimedSignature(seconds, signature))];
  }

  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      asked.push(`${request.method} ${request.url}`);
      const [status, text] = answer(body);
      const type = status === 409 ? "text/x.tlog.size" : "text/plain";
      response.writeHead(status, { "content-type": type }).end(text);
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { key: signer.key, url: `http://127.0.0.1:${port}`, asked };
}

/** SHA-256 of nothing: the root of an empty tree. */
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
