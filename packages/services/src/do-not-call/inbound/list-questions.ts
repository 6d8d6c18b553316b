import { query } from "../../platform/verb.ts";
import { QuestionId } from "@ringfence/core/ids";
import { fromStored, StoredMessage } from "@ringfence/core/platform/message";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { appendAudit } from "../../platform/audit/append-audit.ts";

const MOST_LISTED = 50;

/** What may be refusals and waits for a person, the oldest first; `count` is of all that wait. */
export const listQuestions = query({
  name: "listQuestions",
  action: "opt-out.read",
  run: async (ctx) => {
    const where = { organizationId: ctx.organizationId };
    const count = await ctx.db.refusalQuestion.count({ where });
    const rows = await ctx.db.refusalQuestion.findMany({
      where,
      orderBy: { id: "asc" },
      take: MOST_LISTED,
      include: { phone: { select: { e164: true } } },
    });
    const items = rows.map(({ id, phone, channel, text, pattern, receivedAt }) => ({
      id: QuestionId.parse(id),
      phone: phone?.e164 ?? null,
      channel: OptOutChannel.parse(channel),
      text,
      /** Where nobody said it: what the ends of their calls look like. */
      pattern: pattern === null ? null : fromStored(StoredMessage.parse(pattern)),
      receivedAt,
    }));
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { questions: items.length });
    return { items, count };
  },
  audit: "by run",
});
