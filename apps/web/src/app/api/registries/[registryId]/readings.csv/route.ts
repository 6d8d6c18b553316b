import { RegistryId, RunId } from "@ringfence/core/ids";
import { fromStoredMessage, say } from "@ringfence/core/platform/message";
import { type RunView, listRuns } from "@ringfence/services/platform/run";
import { getTranslations } from "next-intl/server";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

type Context = RouteContext<"/api/registries/[registryId]/readings.csv">;

export const GET = (request: Request, { params }: Context) =>
  answerMember(request, async (ctx) => {
    const subjectId = RegistryId.safeParse((await params).registryId).data;
    if (subjectId === undefined) return new Response(null, { status: 404 });
    const [t, status] = await Promise.all([getTranslations("readings"), getTranslations("status")]);
    const { locale, zone } = ctx.member;
    return listAttachment<RunView>(
      "readings.csv",
      [
        [t("began", { zone: "UTC" }), ({ startedAt, createdAt }) => startedAt ?? createdAt],
        [t("ended", { zone: "UTC" }), ({ endedAt }) => endedAt],
        [t("status"), (run) => status(run.status)],
        [t("outcome"), ({ error }) => error && say(locale, fromStoredMessage(error), zone)],
      ],
      async (cursor) => {
        const after = RunId.safeParse(cursor).data;
        const page = { job: "registry.sync", subjectId, after, limit: 200 } as const;
        const { runs, next } = await listRuns(ctx, page);
        return { rows: runs, next };
      },
    );
  });
