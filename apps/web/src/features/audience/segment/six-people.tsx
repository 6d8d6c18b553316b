"use client";

import type { AskRule } from "@ringfence/core/audience/segment";
import type { DrawnPerson } from "@ringfence/services/audience/segment";
import { Shuffle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { Failed } from "@/components/failed";
import { PersonLink } from "@/components/person-link";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { PhonesShown } from "./phones-shown";
import { useAsked } from "./use-asked";

/** Six people of a rule that is being built, and where a call to each would end. */
export function SixPeople({ sound }: { sound: AskRule | null }) {
  const t = useTranslations("segmentDraw");
  const columns = useColumns();
  const [draw, setDraw] = useState(0);
  const asked = sound && { ...sound, draw };
  const { answer, isOld, failure } = useAsked("people", asked, (client, asked, options) =>
    client.segment.draw.mutate(asked, options),
  );
  const again = (
    <Button size="small" look="quiet" icon={Shuffle} onClick={() => setDraw(draw + 1)}>
      {t("again")}
    </Button>
  );
  return (
    <Section title={t("title")} aside={again}>
      {failure && <Failed title={failure.message} />}
      <div aria-busy={isOld} className={isOld ? "opacity-60" : undefined}>
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
      cell: ({ phones }) => <PhonesShown phones={phones} />,
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
