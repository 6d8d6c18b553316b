import {
  type FormParameters,
  type MailgunSigned,
  isMailgunSignature,
  isTwilioSignature,
} from "@ringfence/core/do-not-call/inbound";
import { type Installation, type RootContext, openSecret } from "../../platform/internal.ts";
import { OrganizationId } from "@ringfence/core/ids";

/** A request as Twilio made it: `path` with its query, as it reached the API. */
type TwilioRequest = { signature: string; path: string; parameters: FormParameters };

/**
 * Returns the contexts of a Twilio request: the organizations that connected the account and whose token signed it;
 * none if the signature is wrong.
 */
export function authenticateTwilio(
  installation: Installation,
  { signature, path, parameters }: TwilioRequest,
): Promise<RootContext[]> {
  const account = parameters.find(([name]) => name === "AccountSid")?.[1] ?? "";
  return findSigningSources(installation, { provider: "twilio", account }, ({ secret, origin }) =>
    isTwilioSignature(signature, secret, origin + path, parameters),
  );
}

/** A request as Mailgun made it: `recipient` is the mailbox to which the person wrote. */
type MailgunRequest = MailgunSigned & { recipient: string };

/**
 * Returns the contexts of a Mailgun request: the organizations that connected the domain and whose key signed it;
 * none if the signature is wrong. The signature covers neither the mail nor its age: `recordMail` checks them.
 */
export function authenticateMailgun(
  installation: Installation,
  { recipient, ...signed }: MailgunRequest,
): Promise<RootContext[]> {
  const account = recipient.slice(recipient.lastIndexOf("@") + 1).toLowerCase();
  return findSigningSources(installation, { provider: "mailgun", account }, ({ secret }) =>
    isMailgunSignature(secret, signed),
  );
}

type ProviderAccount = { provider: "twilio" | "mailgun"; account: string };

/** The secret with which a source signs, and the address at which it reaches us. */
type Signer = { secret: string; origin: string };

/**
 * Finds the organizations that connected the account and whose secret signed the request. Crosses
 * organizations, because a provider does not know them; without a valid signature it finds nothing. By the actor
 * `inbound`, `loadCorrectionFacts` knows that an opt-out came from the number itself. A secret that cannot be opened keeps
 * nobody else's message out; it throws only if no other secret signed the request, so that the provider sends it again.
 */
async function findSigningSources(
  { db, keys }: Installation,
  where: ProviderAccount,
  isSigned: (by: Signer) => boolean,
): Promise<RootContext[]> {
  const sources = await db.prisma.inboundSource.findMany({
    where,
    orderBy: { organizationId: "asc" },
  });
  const faults: unknown[] = [];
  const openOrNote = (organizationId: OrganizationId, sealed: Uint8Array) => {
    try {
      return openSecret(keys, organizationId, sealed);
    } catch (fault) {
      faults.push(fault);
      return null;
    }
  };
  const signed = sources.flatMap(({ id: subjectId, origin, ...source }): RootContext[] => {
    const organizationId = OrganizationId.parse(source.organizationId);
    const secret = openOrNote(organizationId, source.secret);
    if (secret === null || !isSigned({ secret, origin })) return [];
    return [{ db, keys, organizationId, actor: { type: "job", name: "inbound", subjectId } }];
  });
  if (signed.length === 0 && faults.length > 0) throw faults[0];
  return signed;
}
