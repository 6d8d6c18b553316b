import { DeclineTopics } from "@ringfence/core/desk/own-record";
import type { OptOutId } from "@ringfence/core/ids";
import { command, requirePersonPhone, requirePhone } from "../../platform/internal.ts";
import { recordForPhone } from "../../do-not-call/opt-out/internal.ts";

/**
 * Records that the acting person wants no calls about some topics: an opt-out for each, so that every screening obeys,
 * and only a consent that they confirm by a code to this phone lifts it. Safe to repeat.
 */
export const declineTopics = command({
  name: "declineTopics",
  action: "own-record.withdraw",
  input: DeclineTopics,
  run: async (ctx, { topics }): Promise<{ optOuts: readonly OptOutId[] }> => {
    const phoneId = requirePersonPhone(ctx);
    await requirePhone(ctx, phoneId);
    const optOuts: OptOutId[] = [];
    for (const purpose of new Set(topics)) {
      const request = { channel: "web", scope: { purpose } } as const;
      const { id } = await recordForPhone(ctx, phoneId, request, { isRepeatable: true });
      optOuts.push(id);
    }
    return { optOuts };
  },
  // One row for each opt-out (`recordForPhone`).
  audit: "by run",
});
