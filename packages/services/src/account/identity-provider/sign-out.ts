import { buildEndSessionUrl } from "openid-client";
import { z } from "zod";
import { SessionId } from "@ringfence/core/ids";
import { type RootContext, inTransaction, query } from "../../platform/internal.ts";
import { requireMemberId } from "../member/internal.ts";
import { connectOwnProvider } from "./ask-provider.ts";
import { findProviderRow } from "./provider-row.ts";

/**
 * Finds the page at which the acting member also signs out of the provider. Null if their session began with a
 * password, or the provider has no such page or does not answer. The address names nobody: the provider knows from
 * its own cookie who it is.
 */
export const findProviderSignOut = query({
  name: "findProviderSignOut",
  action: "session.end",
  input: z.object({ sessionId: SessionId, returnTo: z.url() }),
  transaction: "by run",
  run: async (ctx: RootContext, { sessionId, returnTo }): Promise<string | null> => {
    const { organizationId } = ctx;
    const row = await inTransaction(ctx, async (ctx) => {
      const memberId = requireMemberId(ctx);
      const where = { organizationId, sessionId, session: { memberId } };
      return (await ctx.db.providerSession.count({ where })) > 0 ? findProviderRow(ctx) : null;
    });
    if (row === null) return null;
    try {
      const config = await connectOwnProvider(ctx, organizationId, row);
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo }).href;
    } catch {
      return null;
    }
  },
  audit: "none",
});
