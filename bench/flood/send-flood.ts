// A flood of mails, in a process of its own: send-flood.ts <origin> whole|unfinished
import { once } from "node:events";
import { type ClientRequest, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

const BYTES = 20 * 1024 * 1024;
const SENDERS = { whole: 100, unfinished: 60 };
const RETRY_MS = 1_000;
type Kind = keyof typeof SENDERS;

const [origin = "", kind = "whole"] = process.argv.slice(2);
const isKind = (text: string): text is Kind => text in SENDERS;
if (!isKind(kind)) throw new Error(`No such flood: ${kind}`);

const field = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const head = Buffer.from(
  field("recipient", "stop@acme.example") +
    field("timestamp", "0") +
    field("token", "x") +
    field("signature", "x") +
    '--x\r\nContent-Disposition: form-data; name="attachment-1"; filename="a.bin"\r\n\r\n',
);
const tail = Buffer.from("\r\n--x--\r\n");
const piece = Buffer.alloc(64 * 1024, "a");

const answers: Record<string, number> = {};
const count = (answer: string) => (answers[answer] = (answers[answer] ?? 0) + 1);

/** Sends one mail and waits for the answer; an unfinished mail never gets its last piece. */
async function sendMail(kind: Kind) {
  const post = request(`${origin}/v1/inbound/email/mailgun`, {
    method: "POST",
    agent: false,
    headers: { "content-type": "multipart/form-data; boundary=x", "content-length": BYTES },
  });
  const mail = { isAnswered: false };
  const answered = hearAnswer(post).then((answer) => {
    mail.isAnswered = true;
    return count(answer);
  });

  post.write(head);
  const last = BYTES - head.length - tail.length;
  for (let sent = 0; sent < last && !mail.isAnswered; sent += piece.length) {
    const goesOn = post.write(piece.subarray(0, Math.min(piece.length, last - sent)));
    if (!goesOn) await Promise.race([once(post, "drain").catch(() => {}), answered]);
  }
  if (kind === "whole" && !mail.isAnswered) post.end(tail);
  await answered;
  post.destroy();
}

async function hearAnswer(post: ClientRequest): Promise<string> {
  try {
    const [response] = await once(post, "response");
    await text(response);
    return String(response.statusCode);
  } catch {
    return "cut off";
  }
}

process.once("SIGTERM", () => {
  console.log(JSON.stringify(answers));
  process.exit(0);
});
/**
 * Keeps sending. A refused sender retries after `Retry-After`, as no real mail service does sooner.
 */
const send = async () => {
  for (;;) {
    await sendMail(kind);
    await pause(RETRY_MS);
  }
};
await Promise.all(Array.from({ length: SENDERS[kind] }, send));
