import { ownMeasures, processingFields } from "@ringfence/core/desk/processing-record";
import { readProcessingRecord } from "@ringfence/services/desk/processing-record";
import { getTranslations } from "next-intl/server";
import { loadDescribeTerms } from "@/features/desk/processing-record/describe-terms";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";

type Line = readonly [section: string, name: string, value: string];

/** The record of processing activities as a table. A detail that nobody filled in has a line that says so. */
export const GET = (request: Request) =>
  answerMember(request, async (ctx) => {
    const [t, kinds, describe] = await Promise.all([
      getTranslations("processing"),
      getTranslations("organization.kinds"),
      loadDescribeTerms(),
    ]);
    const record = await readProcessingRecord(ctx);
    const lines: Line[] = [
      [t("responsible"), t("organization"), record.organization],
      ...processingFields.map((field): Line => [
        t("filledIn"),
        t(`fields.${field}`),
        record.details[field] ?? t("notFilledIn"),
      ]),
      ...record.purposes.map(({ name, kind }): Line => [t("purposes"), name, kinds(kind)]),
      ...record.sellers.map(({ name, consentPolicy }): Line => [
        t("purposes"),
        name,
        t("callGround", { ground: consentPolicy }),
      ]),
      ...record.categories.map((row): Line => [
        t("categories"),
        t(`categoryNames.${row.category}`),
        `${t(`peopleNames.${row.people}`)}: ${describe(row)}`,
      ]),
      ...record.recipients.map(({ kind, name, host }): Line => [
        t("recipients"),
        name,
        [t(`recipientKinds.${kind}`), ...(host ? [host] : [])].join(", "),
      ]),
      ...ownMeasures.map((measure): Line => [t("measuresTitle"), "", t(`ownMeasures.${measure}`)]),
    ];
    return listAttachment<Line>(
      "record-of-processing.csv",
      [
        [t("section"), ([section]) => section],
        [t("name"), ([, name]) => name],
        [t("value"), ([, , value]) => value],
      ],
      async () => ({ rows: lines, next: null }),
    );
  });
