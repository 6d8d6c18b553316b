import { type RegistryOverview, listRegistries } from "@ringfence/services/do-not-call/registry";
import { getTranslations } from "next-intl/server";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

export const GET = (request: Request) =>
  answerMember(request, async (ctx) => {
    const [t, status] = await Promise.all([
      getTranslations("registries"),
      getTranslations("status"),
    ]);
    const registries = await listRegistries(ctx);
    return listAttachment<RegistryOverview>(
      "registries.csv",
      [
        [t("id"), ({ code }) => code],
        [t("name"), ({ name }) => name],
        [t("stateOf"), ({ isStale }) => status(isStale ? "stale" : "fresh")],
        [t("ageDays"), ({ ageDays }) => ageDays && Math.ceil(ageDays)],
        [t("limitDays"), ({ limitDays }) => limitDays],
        [t("numbers"), ({ listed }) => listed],
        [t("edition"), ({ edition }) => edition?.number ?? null],
        [t("readAt", { zone: "UTC" }), ({ verifiedAt }) => verifiedAt],
        [t("next", { zone: "UTC" }), ({ nextReadAt }) => nextReadAt],
      ],
      () => Promise.resolve({ rows: registries, next: null }),
    );
  });
