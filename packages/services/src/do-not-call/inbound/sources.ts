import {
  ServiceError,
  type TransactionContext,
  command,
  query,
  sealSecret,
} from "../../platform/internal.ts";
import { SourceId } from "@ringfence/core/ids";
import { ConnectMailgun, ConnectTwilio, ReplaceSecret } from "@ringfence/core/do-not-call/inbound";

/** Lists the connected accounts of providers, newest first, without their secrets. */
export const listSources = query({
  name: "listSources",
  action: "inbound.read",
  run: async ({ db, organizationId }) => {
    const rows = await db.inboundSource.findMany({
      where: { organizationId },
      orderBy: { id: "desc" },
    });
    return rows.map(({ id, provider, account, origin, createdAt }) => ({
      id: SourceId.parse(id),
      provider,
      account,
      origin,
      createdAt,
    }));
  },
  audit: "none",
});

/**
 * Connects a Twilio account. Messages signed by it then count as sent by people. Its token is stored encrypted.
 */
export const connectTwilio = command({
  name: "connectTwilio",
  action: "inbound.change",
  input: ConnectTwilio,
  run: async (ctx, { account, token: secret, origin }) => {
    await addSource(ctx, { provider: "twilio", account, origin, secret });
  },
  audit: () => ({ provider: "twilio", change: "connected" }),
});

/**
 * Connects a domain whose mail Mailgun forwards. Mail signed by it then counts as sent by people. Its key is
 * stored encrypted.
 */
export const connectMailgun = command({
  name: "connectMailgun",
  action: "inbound.change",
  input: ConnectMailgun,
  run: async (ctx, { domain: account, signingKey: secret }) => {
    await addSource(ctx, { provider: "mailgun", account, origin: "", secret });
  },
  audit: () => ({ provider: "mailgun", change: "connected" }),
});

/**
 * `account` is Twilio's account or Mailgun's domain. `origin` is empty for Mailgun, which does not sign our address.
 */
type Source = { provider: "twilio" | "mailgun"; account: string; origin: string; secret: string };

/** Connects an account of a provider. Its signing secret is stored encrypted. */
async function addSource(ctx: TransactionContext, { secret, ...source }: Source): Promise<void> {
  const { db, keys, organizationId, now: createdAt } = ctx;
  const sealed = sealSecret(keys, organizationId, secret);
  const { count } = await db.inboundSource.createMany({
    data: { ...source, organizationId, secret: sealed, createdAt },
    skipDuplicates: true,
  });
  if (count === 0) throw new ServiceError("conflict", { key: "inbound.account-taken" });
}

/** Replaces the secret of a source. Requests signed with the previous one are refused from now on. */
export const replaceSecret = command({
  name: "replaceSecret",
  action: "inbound.change",
  input: ReplaceSecret,
  run: async (ctx, { sourceId, secret }) => {
    const { db, keys, organizationId } = ctx;
    const { provider } = await loadSource(ctx, sourceId);
    await db.inboundSource.updateMany({
      where: { organizationId, id: sourceId },
      data: { secret: sealSecret(keys, organizationId, secret) },
    });
    return { provider };
  },
  audit: ({ provider }) => ({ provider, change: "secret-replaced" }),
  answer: () => {},
});

/** Disconnects a source and deletes its secret. What came from it stays recorded. */
export const disconnectSource = command({
  name: "disconnectSource",
  action: "inbound.change",
  input: SourceId,
  run: async (ctx, sourceId) => {
    const { db, organizationId } = ctx;
    const { provider } = await loadSource(ctx, sourceId);
    await db.inboundSource.deleteMany({ where: { organizationId, id: sourceId } });
    return { provider };
  },
  audit: ({ provider }) => ({ provider, change: "disconnected" }),
  answer: () => {},
});

/** Loads a connected account. Throws `not-found` if the organization has no such account. */
async function loadSource({ db, organizationId }: TransactionContext, sourceId: SourceId) {
  const found = await db.inboundSource.findFirst({ where: { organizationId, id: sourceId } });
  if (found === null) throw new ServiceError("not-found", { key: "inbound.source-not-found" });
  return found;
}
