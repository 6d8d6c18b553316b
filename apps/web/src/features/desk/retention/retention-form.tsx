"use client";
import {
  ProposeRetention,
  RetentionKind,
  type RetentionTerm,
  retentionKinds,
} from "@ringfence/core/desk/retention";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { Field, Input, ReasonField, Select } from "@/components/fields";
import { SaveForm } from "@/components/save-form";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";

type RetentionFormProps = {
  /** Terms that the organization chose in the policy in force, with which the form starts. */
  chosen: readonly RetentionTerm[];
  whyNot: string | undefined;
};

const kindsWithPlace = RetentionKind.options.filter((kind) => retentionKinds[kind].hasPlace);

/** Proposes how long each kind of record is kept. An empty field keeps the kind for good. */
export function RetentionForm({ chosen, whyNot }: RetentionFormProps) {
  const t = useTranslations("retention");
  const trpc = useTRPC();
  const router = useRouter();
  const ofPlaces = chosen.filter(({ place }) => place !== "");
  const [placeRows, setPlaceRows] = useState(ofPlaces.length);
  const propose = useMutation(
    trpc.retention.propose.mutationOptions({ onSuccess: () => router.push("/retention") }),
  );
  return (
    <SaveForm
      read={(form) =>
        ProposeRetention.safeParse({
          terms: [...readEverywhere(form), ...readPlaces(form, placeRows)],
          reason: typedText(form, "reason"),
        })
      }
      saving={propose}
      words={{ save: t("propose"), saving: t("proposing") }}
      whyNot={whyNot}
    >
      {RetentionKind.options.map((kind) => (
        <Field
          key={kind}
          label={t(`kinds.${kind}`)}
          hint={`${t(`about.${kind}`)} ${t("shortest", { days: retentionKinds[kind].minDays })}`}
        >
          {(wired) => (
            <DaysInput
              {...wired}
              name={`days ${kind}`}
              min={retentionKinds[kind].minDays}
              max={retentionKinds[kind].maxDays}
              defaultValue={
                chosen.find((term) => term.kind === kind && term.place === "")?.days ?? undefined
              }
            />
          )}
        </Field>
      ))}
      <PlaceTerms chosen={ofPlaces} rows={placeRows} onAdd={() => setPlaceRows(placeRows + 1)} />
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
    </SaveForm>
  );
}

type PlaceTermsProps = { chosen: readonly RetentionTerm[]; rows: number; onAdd: () => void };

/** Longer periods for people in one country, one a row. */
function PlaceTerms({ chosen, rows, onAdd }: PlaceTermsProps) {
  const t = useTranslations("retention");
  return (
    <fieldset className="grid gap-3">
      <legend className="pb-1 font-medium">{t("longerSomewhere")}</legend>
      <p className="text-sm text-muted">{t("longerHint")}</p>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="grid gap-3 sm:grid-cols-3">
          <Field label={t("records")}>
            {(wired) => (
              <Select {...wired} name={`place kind ${row}`} defaultValue={chosen[row]?.kind}>
                {kindsWithPlace.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`kinds.${kind}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("country")}>
            {(wired) => (
              <Input
                {...wired}
                name={`place ${row}`}
                defaultValue={chosen[row]?.place}
                maxLength={2}
                autoCapitalize="characters"
              />
            )}
          </Field>
          <Field label={t("days")}>
            {(wired) => (
              <DaysInput
                {...wired}
                name={`place days ${row}`}
                defaultValue={chosen[row]?.days ?? undefined}
              />
            )}
          </Field>
        </div>
      ))}
      <div>
        <Button size="small" onClick={onAdd}>
          {t("addCountry")}
        </Button>
      </div>
    </fieldset>
  );
}

const DaysInput = (props: React.ComponentProps<typeof Input>) => (
  <Input inputMode="numeric" type="number" step={1} {...props} />
);

function readEverywhere(form: FormData) {
  return RetentionKind.options.flatMap((kind) => {
    const days = typedText(form, `days ${kind}`);
    return days === "" ? [] : [{ kind, place: "", days: Number(days) }];
  });
}

function readPlaces(form: FormData, rows: number) {
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const place = typedText(form, `place ${row}`).toUpperCase();
    const days = typedText(form, `place days ${row}`);
    if (place === "" && days === "") return [];
    return [{ kind: typedText(form, `place kind ${row}`), place, days: Number(days) }];
  });
}
