"use client";
import {
  type ConnectRegistry,
  type ReadingSchedule,
  isAnsweredSource,
  nightlySchedule,
} from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { type ComponentProps, type SubmitEvent, useState } from "react";
import { SubmitForm } from "@/components/save-form";
import { FormatChoice, MappingFields, PhoneColumns } from "./format-fields";
import {
  type DraftFault,
  type RegistryDraft,
  listSourceFields,
  parseDraft,
  toDraft,
} from "./draft";
import { SourceFields, SourceTextFields } from "./source-fields";
import { MoreFields, MoreTitle } from "@/components/more-fields";
import { ScheduleFields } from "@/components/schedule-fields";
import { type Choice, ChoiceField, Field, Input } from "@/components/fields";
import { useWasSent } from "@/components/form-faults";

export type FormContext = { regions: readonly Choice[]; homeRegion: string };

type RegistryFormProps = FormContext & {
  initial: ConnectRegistry;
  /** True if a secret is stored already. */
  hasSecret?: boolean;
  /** A list of the organization's own, whose code it chooses. */
  isOwn: boolean;
  /** True for a required registry that is being connected: its name is known and a format is set. */
  isPreset?: boolean;
  ruleDays: number | null;
  submit: string;
  busy: string | false;
  /** Error from the server. */
  refused: string | undefined;
  onSubmit: (registry: ConnectRegistry) => void;
};

/** The settings of a registry: what only the user knows, and under "Advanced" what has a default. */
export function RegistryForm({ initial, isOwn, ruleDays, ...props }: RegistryFormProps) {
  const { hasSecret = false, isPreset = false } = props;
  const t = useTranslations("registryForm");
  const [draft, setDraft] = useState(() => toDraft(initial));
  const { wasSent, send } = useWasSent();
  const read = parseDraft(draft, hasSecret);
  const faults: readonly DraftFault[] = wasSent && "faults" in read ? read.faults : [];
  const change = (part: Partial<RegistryDraft>) => setDraft((draft) => ({ ...draft, ...part }));
  const findFault = (fault: DraftFault) =>
    faults.includes(fault) ? t(`faults.${fault}`) : undefined;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    send(event);
    if ("registry" in read) props.onSubmit(read.registry);
  };
  const { source, format } = draft;
  const onFormat = (format: RegistryDraft["format"]) => change({ format });
  const onSource = (source: RegistryDraft["source"]) => change({ source });
  const name = (
    <NameFields
      names={draft}
      isOwn={isOwn}
      onNames={change}
      faults={{ code: findFault("code"), name: findFault("name") }}
    />
  );
  const formatChoice = <FormatChoice {...{ format, onFormat, homeRegion: props.homeRegion }} />;
  return (
    <SubmitForm
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={submit}
      noValidate
      error={props.refused}
      submit={props.submit}
      busy={props.busy}
    >
      {isPreset || name}
      <SourceFields
        {...{ draft, hasSecret, findFault, onSource }}
        onSecret={(secret) => change({ secret })}
      />
      {isPreset || formatChoice}
      <PhoneColumns {...{ format, onFormat }} fault={findFault("phoneColumns")} />
      <MoreFields
        note={t("advancedNote", {
          days: draft.maxAgeDays || 0,
          percent: toPercent(draft.maxShrinkShare) || 0,
        })}
      >
        {isPreset && name}
        <SourceTextFields
          fields={listSourceFields(source.kind).rare}
          {...{ source, onSource, findFault }}
        />
        <MoreTitle>{t("safeguards")}</MoreTitle>
        <LimitFields limits={draft} {...{ ruleDays, findFault }} onLimits={change} />
        {isPreset && formatChoice}
        {format.reader === "csv" && (
          <TableFields
            mapping={format.mapping}
            onMapping={(mapping) => change({ format: { reader: "csv", mapping } })}
            regions={props.regions}
            findFault={findFault}
          />
        )}
        {source.kind !== "upload" && (
          <OwnSchedule
            schedule={draft.schedule ?? null}
            onSchedule={(schedule) => change({ schedule })}
            isTried={faults.includes("schedule")}
          />
        )}
      </MoreFields>
    </SubmitForm>
  );
}

type Names = Pick<RegistryDraft, "code" | "name">;

type NameFieldsProps = {
  names: Names;
  /** A list of the organization's own, whose code it chooses. */
  isOwn: boolean;
  onNames: (names: Partial<Names>) => void;
  faults: { code: string | undefined; name: string | undefined };
};

const maxLengths = { name: 200, code: 40 };

/** Name and code of a registry. */
function NameFields({ names, isOwn, onNames, faults }: NameFieldsProps) {
  const t = useTranslations("registryForm");
  const texts = isOwn ? (["name", "code"] as const) : (["name"] as const);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      {texts.map((key) => (
        <Field key={key} label={t(key)} hint={t(`${key}Hint`)} fault={faults[key]}>
          {(wired) => (
            <Input
              {...wired}
              value={names[key]}
              maxLength={maxLengths[key]}
              onChange={({ currentTarget }) => onNames({ [key]: currentTarget.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

type Limits = Pick<RegistryDraft, "maxAgeDays" | "maxShrinkShare">;

type LimitFieldsProps = {
  limits: Limits & Pick<RegistryDraft, "source">;
  /** Age limit of the rules; null if they set none. */
  ruleDays: number | null;
  onLimits: (limits: Partial<Limits>) => void;
  findFault: (fault: DraftFault) => string | undefined;
};

/** Age limit, and the drop that holds an edition for review. */
function LimitFields({ limits, ruleDays, onLimits, findFault }: LimitFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        label={t("maxAge")}
        hint={ruleDays === null ? t("maxAgeHint") : t("maxAgeRule", { days: ruleDays })}
        fault={findFault("maxAgeDays")}
      >
        {(wired) => (
          <Input
            {...wired}
            type="number"
            min={1}
            max={365}
            value={Number.isNaN(limits.maxAgeDays) ? "" : limits.maxAgeDays}
            onChange={({ currentTarget }) => onLimits({ maxAgeDays: currentTarget.valueAsNumber })}
          />
        )}
      </Field>
      {/* Editions made of answers are never held for a drop. */}
      {isAnsweredSource(limits.source) || (
        <Field label={t("shrink")} hint={t("shrinkHint")} fault={findFault("maxShrinkShare")}>
          {(wired) => (
            <Input
              {...wired}
              type="number"
              min={0}
              max={100}
              step="any"
              value={Number.isNaN(limits.maxShrinkShare) ? "" : toPercent(limits.maxShrinkShare)}
              onChange={({ currentTarget }) =>
                onLimits({ maxShrinkShare: currentTarget.valueAsNumber / 100 })
              }
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** Rounds off the digits that binary fractions leave behind. */
const toPercent = (share: number) => Number((share * 100).toPrecision(6));

type OwnScheduleProps = {
  schedule: ReadingSchedule | null;
  onSchedule: (schedule: ReadingSchedule | null) => void;
  /** True after an attempt to save an invalid schedule. */
  isTried: boolean;
};

/** Chooses the organization's schedule or one of its own. */
function OwnSchedule({ schedule, onSchedule, isTried }: OwnScheduleProps) {
  const t = useTranslations("schedule");
  return (
    <>
      <ChoiceField
        label={t("choice")}
        hint={t("ownHint")}
        choices={[
          { key: "usual", name: t("usual") },
          { key: "own", name: t("own") },
        ]}
        chosen={schedule === null ? "usual" : "own"}
        onChoose={(key) => onSchedule(key === "own" ? nightlySchedule : null)}
      />
      {schedule !== null && (
        <ScheduleFields
          {...{ schedule, onSchedule, isTried }}
          hints={{ from: t("fromHint"), within: t("withinHint") }}
        />
      )}
    </>
  );
}

/** Fields for reading the columns of a CSV file. */
function TableFields(props: ComponentProps<typeof MappingFields>) {
  const t = useTranslations("registryForm");
  return (
    <>
      <MoreTitle>{t("table")}</MoreTitle>
      <MappingFields {...props} />
    </>
  );
}
