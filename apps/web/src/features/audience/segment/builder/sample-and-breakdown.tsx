"use client";
import { type PreviewRule, describeField } from "@ringfence/core/audience/segment";
import type { DrawnPerson } from "@ringfence/services/audience/segment";
import { Shuffle } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { Failed } from "@/components/failed";
import { PersonLink } from "@/components/people";
import { Section } from "@/components/page-layout";
import { type Column, Table } from "@/components/table";
import { PhoneList } from "../waterfall-table";
import { useRuleQuery } from "./live-answers";
import { parseAsString, useQueryState } from "nuqs";
import { InlineChoice } from "./inline-fields";
import { useVocabulary } from "./new-condition";
import { languageName } from "@/i18n/language-name";
import { Count, ShareBar } from "@/components/numbers";

/** Up to six people who match the rule, each with the step at which a call would end. */
export function RandomSample({ sound }: { sound: PreviewRule | null }) {
  const t = useTranslations("segmentDraw");
  const columns = useColumns();
  const [draw, setDraw] = useState(0);
  const request = sound && { ...sound, draw };
  const { answer, isOld, failure } = useRuleQuery("people", request, (client, request, options) =>
    client.segment.draw.mutate(request, options),
  );
  const again = (
    <Button size="small" look="quiet" icon={Shuffle} onClick={() => setDraw(draw + 1)}>
      {t("again")}
    </Button>
  );
  return (
    <Section title={t("title")} aside={again}>
      {failure && <Failed title={failure.message} />}
      <div aria-busy={isOld} className={isOld ? "text-muted" : undefined}>
        {answer === null || answer.people.length === 0 ? (
          <p className="pt-2.5 text-muted">{t(answer === null || isOld ? "notYet" : "nobody")}</p>
        ) : (
          <Table
            isStack
            caption={t("caption")}
            columns={columns}
            rows={answer.people}
            rowKey={({ id }) => id}
          />
        )}
      </div>
      <p className="pt-2 text-sm text-muted">{t("note")}</p>
    </Section>
  );
}

function useColumns(): [Column<DrawnPerson>, ...Column<DrawnPerson>[]] {
  const t = useTranslations("segmentPeople");
  const draw = useTranslations("segmentDraw");
  const waterfall = useTranslations("waterfall");
  return [
    {
      key: "name",
      head: t("person"),
      cell: (person) => <PersonLink href={`/contacts/${person.id}`} person={person} />,
    },
    {
      key: "phones",
      head: t("phones"),
      narrow: "full",
      cell: ({ phones }) => <PhoneList phones={phones} />,
    },
    {
      key: "place",
      head: draw("call"),
      narrow: draw("call"),
      cell: ({ place }) =>
        place === "callable" ? (
          <span className="text-allow">{draw("callable")}</span>
        ) : (
          <span className="text-refuse">
            {draw("stopped", { step: waterfall(`steps.${place}`) })}
          </span>
        ),
    },
  ];
}

/** Breaks down the people of a rule by two fields. */
export function RuleBreakdown({ sound }: { sound: PreviewRule | null }) {
  const t = useTranslations("segmentSpread");
  return (
    <Section title={t("title")}>
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 pt-2.5 sm:grid-cols-2">
        <FieldSpread sound={sound} param="by" initial="@zone" />
        <FieldSpread sound={sound} param="and" initial="@locale" />
      </div>
    </Section>
  );
}

type FieldSpreadProps = { sound: PreviewRule | null; param: "by" | "and"; initial: string };

function FieldSpread({ sound, param, initial }: FieldSpreadProps) {
  const t = useTranslations("segmentSpread");
  const locale = useLocale();
  const { fields } = useVocabulary();
  const [field, setField] = useQueryState(param, parseAsString.withDefault(initial));
  // Presence fields have no stored values, only whether there is one.
  const spreadable = fields.filter(({ type }) => type !== "presence");
  return (
    <div className="min-w-0">
      <InlineChoice
        isStrong
        label={t(param)}
        choices={spreadable.map(({ name }) => ({ key: name, name: describeField(locale, name) }))}
        chosen={field}
        onChoose={(chosen) => void setField(chosen)}
      />
      <SpreadBars sound={sound} field={field} />
    </div>
  );
}

/** Names a country or a language, beside the code that conditions use. Other values stay as they are. */
function nameValue(locale: string, field: string, value: string) {
  if (field === "@locale") return `${languageName(locale, value)} (${value})`;
  if (field !== "@country") return value;
  return `${new Intl.DisplayNames(locale, { type: "region" }).of(value) ?? value} (${value})`;
}

/** Bars with the number of people for each value of a field. */
function SpreadBars({ sound, field }: { sound: PreviewRule | null; field: string }) {
  const t = useTranslations("segmentSpread");
  const locale = useLocale();
  const request = sound && { ...sound, field };
  // The answer carries its field, because the answer about the previous field is shown until the new one arrives.
  const { answer, isOld, failure } = useRuleQuery(
    "spread",
    request,
    async (client, request, options) => {
      const { spread } = await client.segment.spread.mutate(request, options);
      return { spread, field: request.field };
    },
  );
  if (failure) return <Failed title={failure.message} />;
  if (!answer?.spread) return <p className="pt-2 text-muted">{t("notYet")}</p>;
  const { spread } = answer;
  const lines = [
    ...spread.values.map(({ value, count }) => ({
      key: `value ${value}`,
      value: nameValue(locale, answer.field, value),
      count,
    })),
    { key: "others", value: t("others"), count: spread.others },
    { key: "unknown", value: t("unknown"), count: spread.unknown },
  ].filter(({ count }) => count > 0);
  const all = lines.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return <p className="pt-2 text-muted">{t("nobody")}</p>;
  return (
    <table aria-busy={isOld} className={isOld ? "text-muted" : undefined}>
      <caption className="sr-only">
        {t("caption", { field: describeField(locale, answer.field) })}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("value")}</th>
          <th scope="col">{t("bar")}</th>
          <th scope="col">{t("people")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, value, count }) => (
          <tr key={key}>
            <th scope="row" className="max-w-48 font-normal break-words">
              {value}
            </th>
            <td className="w-1/2 align-middle">
              <ShareBar part={count / all} />
            </td>
            <td className="figure">
              <Count value={count} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
