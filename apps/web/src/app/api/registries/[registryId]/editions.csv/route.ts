import { RegistryEditionId, RegistryId } from "@ringfence/core/ids";
import { type EditionView, listEditions } from "@ringfence/services/do-not-call/registry";
import { getTranslations } from "next-intl/server";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

type Context = RouteContext<"/api/registries/[registryId]/editions.csv">;

export const GET = (request: Request, { params }: Context) =>
  answerMember(request, async (ctx) => {
    const registryId = RegistryId.safeParse((await params).registryId).data;
    if (registryId === undefined) return new Response(null, { status: 404 });
    const [t, status] = await Promise.all([getTranslations("editions"), getTranslations("status")]);
    return listAttachment<EditionView>(
      "editions.csv",
      [
        [t("edition"), ({ number }) => number],
        [t("kind"), ({ kind }) => t(kind)],
        [t("status"), (edition) => status(edition.status)],
        [t("read", { zone: "UTC" }), ({ readAt }) => readAt],
        [t("published"), ({ publishedOn }) => publishedOn],
        [t("listed"), ({ listed }) => listed],
        [t("added"), ({ added }) => added],
        [t("removed"), ({ removed }) => removed],
        [t("lines"), ({ lines }) => lines],
        [t("sha256"), ({ sha256 }) => sha256],
        [t("settledBy"), ({ settled }) => settled?.by ?? null],
        [t("settledAt", { zone: "UTC" }), ({ settled }) => settled?.at ?? null],
        [t("settledWhy"), ({ settled }) => settled?.why ?? null],
      ],
      async (cursor) => {
        const after = RegistryEditionId.safeParse(cursor).data;
        const { editions, next } = await listEditions(ctx, { registryId, after, limit: 200 });
        return { rows: editions, next };
      },
    );
  });
