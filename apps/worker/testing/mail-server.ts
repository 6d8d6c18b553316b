import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** A mail as it was sent, and its text. */
export type Mail = { from: string; to: string[]; raw: string; text: string };

/** A mail server on this machine, until the test ends, and the mails it received. */
export async function aMailServer({ refuses = false } = {}) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, __, done) =>
      done(refuses ? new Error(`no such mailbox: ${address}`) : null),
    async onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      const raw = await text(stream);
      const [, body = ""] = raw.split(/\r?\n\r?\n/);
      mails.push({
        from: mailFrom ? mailFrom.address : "",
        to: rcptTo.map(({ address }) => address),
        raw,
        text: Buffer.from(body, "base64").toString(),
      });
      done();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.server.address();
  const port = typeof address === "object" ? address?.port : "";
  return { url: `smtp://127.0.0.1:${port}`, mails };
}
