import { isMailgunSignature, type MailgunSigned } from "@ringfence/core/do-not-call/inbound";
import type { Installation, RootContext } from "../../platform/context.ts";
import { believedSources } from "./believed-sources.ts";

/** A request as Mailgun made it: `recipient` is the mailbox to which the person wrote. */
export type MailgunRequest = MailgunSigned & { recipient: string };

/** On whose behalf a request of Mailgun comes: of who has connected the domain, by the key of each. */
export function believedMailgun(
  installation: Installation,
  { recipient, ...signed }: MailgunRequest,
): Promise<RootContext[]> {
  const account = recipient.slice(recipient.lastIndexOf("@") + 1).toLowerCase();
  return believedSources(installation, { provider: "mailgun", account }, ({ secret }) =>
    isMailgunSignature(secret, signed),
  );
}
