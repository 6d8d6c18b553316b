import { kindMessage } from "@ringfence/core/proof/ledger";
import { say } from "@ringfence/core/platform/message";
import { type StatementRow, listStatements } from "@ringfence/services/proof/ledger";
import { getLocale, getTranslations } from "next-intl/server";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

export const GET = (request: Request) =>
  answerMember(request, async (ctx) => {
    const [t, locale] = await Promise.all([getTranslations("ledger"), getLocale()]);
    return listAttachment<StatementRow>(
      "statements.csv",
      [
        [t("id"), ({ id }) => id],
        [t("kind"), ({ kind }) => say(locale, kindMessage(kind))],
        [t("accepted", { zone: "UTC" }), ({ acceptedAt }) => acceptedAt],
        [t("index"), ({ index }) => index],
        [t("signed", { zone: "UTC" }), ({ signedAt }) => signedAt],
      ],
      async (after) => {
        const { statements, next } = await listStatements(ctx, {
          ...(after !== null && { after }),
          limit: 100,
        });
        return { rows: statements, next };
      },
    );
  });
