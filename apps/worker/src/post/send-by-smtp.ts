import type { Post } from "@ringfence/services/message-sender";
import { createTransport } from "nodemailer";

const PATIENCE_MS = 10_000;

/**
 * Sends mail through a server (RFC 5321). `smtps://` uses TLS from the first byte, `smtp://` starts
 * it where offered.
 */
export function sendBySmtp(address: string, from: string): Post["email"] {
  const transport = createTransport({
    url: address,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  return async ({ to, subject, text, unsubscribe, attachments = [] }) => {
    const mail = {
      from,
      to: { name: "", address: to },
      subject,
      text,
      textEncoding: "base64" as const,
      attachments: attachments.map(({ name, type, content }) => ({
        filename: name,
        contentType: type,
        content,
      })),
      headers: {
        // Asks machines not to answer (RFC 3834).
        "Auto-Submitted": "auto-generated",
        // Lets the mail program show an unsubscribe button, which posts there with one click (RFC
        // 8058).
        ...(unsubscribe !== undefined && {
          "List-Unsubscribe": `<${unsubscribe}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }),
      },
    };
    await transport.sendMail(mail).catch(throwPlainly);
  };
}

/**
 * Rethrows without the server's words, which quote the address, and without the error that holds
 * them.
 */
function throwPlainly(error: object): never {
  const said: unknown = Reflect.get(error, "responseCode") ?? Reflect.get(error, "code");
  throw new Error(`the mail server answered ${String(said)}`);
}
