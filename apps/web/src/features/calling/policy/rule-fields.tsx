"use client";
import { Dialer } from "@ringfence/core/account/organization";
import { PurposeKind } from "@ringfence/core/account/purpose";
import {
  type PolicyRule,
  PolicyRule as RuleSchema,
  type PolicyRuleKind,
  type PolicyRuleOfKind,
} from "@ringfence/core/calling/policy";
import { Weekday } from "@ringfence/core/platform/time";
import { useTranslations } from "next-intl";
import { useDialerName } from "@/components/dialer-name";
import {
  Checkbox,
  CheckboxGroup,
  Field,
  Input,
  NumberField,
  SelectField,
  Textarea,
  WeekdayFields,
} from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { typedText } from "@/components/typed-text";
import { useElementNames } from "./rule-sentence";
import messages from "../../../../messages/en.json";

/** Places and registries to choose from. */
export type RuleChoices = {
  places: readonly { id: string; name: string }[];
  registries: readonly { id: string; name: string }[];
};

type RuleFieldsProps = {
  kind: PolicyRuleKind;
  /** The rule that is changed; left out for a new one. */
  rule?: PolicyRule | undefined;
  choices: RuleChoices;
};

/** Fields of a rule: what its kind needs first, then which calls it limits, folded. */
export function RuleFields({ kind, rule, choices }: RuleFieldsProps) {
  const t = useTranslations("policy.form");
  return (
    <>
      <KindFields kind={kind} rule={rule} choices={choices} />
      <Field label={t("note")} isOptional hint={t("noteHint")}>
        {(wired) => (
          <Textarea {...wired} name="note" rows={2} maxLength={500} defaultValue={rule?.note} />
        )}
      </Field>
      <MoreFields title={t("limit")} note={t("limitNote")}>
        <ScopeFields kind={kind} rule={rule} choices={choices} />
      </MoreFields>
    </>
  );
}

function KindFields({ kind, rule, choices }: RuleFieldsProps) {
  const t = useTranslations("policy.form");
  switch (kind) {
    case "hours":
      return <HoursFields rule={rule?.kind === "hours" ? rule : undefined} />;
    case "closed-days":
      return <ClosedDaysFields rule={rule?.kind === "closed-days" ? rule : undefined} />;
    case "cap": {
      const known = rule?.kind === "cap" ? rule : undefined;
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            {...{ name: "calls", label: t("calls"), hint: t("callsHint"), isRequired: true }}
            {...{ min: 1, max: 100, initial: known?.calls }}
          />
          <NumberField
            {...{ name: "days", label: t("inDays"), hint: t("inDaysHint"), isRequired: true }}
            {...{ min: 1, max: 30, initial: known?.days }}
          />
        </div>
      );
    }
    case "consent":
      return null;
    case "consent-age":
      return (
        <NumberField
          {...{ name: "months", label: t("months"), hint: t("monthsHint"), isRequired: true }}
          {...{ min: 1, max: 120, initial: rule?.kind === kind ? rule.months : undefined }}
        />
      );
    case "cool-off":
      return (
        <NumberField
          {...{ name: "days", label: t("coolOff"), hint: t("coolOffHint"), isRequired: true }}
          {...{ min: 1, max: 3_650, initial: rule?.kind === kind ? rule.days : undefined }}
        />
      );
    case "proof":
      return <ProofFields rule={rule?.kind === "proof" ? rule : undefined} />;
    case "dialer":
      return <DialerFields legend={t("forbidden")} chosen={rule?.dialers ?? []} />;
    case "registry": {
      const known = rule?.kind === "registry" ? rule : undefined;
      return (
        <>
          <SelectField
            name="registry"
            label={t("registry")}
            hint={t("registryHint")}
            choices={choices.registries.map(({ id, name }) => ({ key: id, name }))}
            chosen={known?.registry}
          />
          <NumberField
            {...{ name: "maxAgeDays", label: t("maxAge"), hint: t("maxAgeHint"), isOptional: true }}
            {...{ min: 1, max: 365, initial: known?.maxAgeDays ?? undefined }}
          />
        </>
      );
    }
  }
}

function HoursFields({ rule }: { rule: PolicyRuleOfKind<"hours"> | undefined }) {
  const t = useTranslations("policy.form");
  const usual = { days: ["MO", "TU", "WE", "TH", "FR"], from: "09:00", to: "18:00" } as const;
  const [first = usual, second] = rule?.windows ?? [];
  return (
    <>
      <WindowFields name="first" legend={t("days")} window={first} isRequired />
      <Checkbox
        name="holidaysClosed"
        label={t("holidaysClosed")}
        defaultChecked={rule?.holidaysClosed ?? true}
      />
      <MoreFields title={t("otherHours")} note={t("otherHoursNote")}>
        <WindowFields name="second" legend={t("otherDays")} window={second} isRequired={false} />
      </MoreFields>
    </>
  );
}

type WindowFieldsProps = {
  name: "first" | "second";
  legend: string;
  window: { days: readonly string[]; from: string; to: string } | undefined;
  isRequired: boolean;
};

function WindowFields({ name, legend, window, isRequired }: WindowFieldsProps) {
  const t = useTranslations("policy.form");
  const time = (part: "from" | "to", label: string) => (
    <Field label={label}>
      {(wired) => (
        <Input
          {...wired}
          type="time"
          name={`${name}.${part}`}
          required={isRequired}
          defaultValue={window?.[part]}
        />
      )}
    </Field>
  );
  return (
    <>
      <WeekdayFields
        legend={legend}
        toBox={(day) => ({
          name: `${name}.days`,
          value: Weekday.options[day],
          defaultChecked: window?.days.includes(Weekday.options[day] ?? "") ?? false,
        })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {time("from", t("from"))}
        {time("to", t("to"))}
      </div>
    </>
  );
}

function ClosedDaysFields({ rule }: { rule: PolicyRuleOfKind<"closed-days"> | undefined }) {
  const t = useTranslations("policy.form");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("first")}>
        {(wired) => (
          <Input {...wired} type="date" name="first" required defaultValue={rule?.first} />
        )}
      </Field>
      <Field label={t("last")} isOptional hint={t("lastHint")}>
        {(wired) => <Input {...wired} type="date" name="last" defaultValue={rule?.last} />}
      </Field>
    </div>
  );
}

function ProofFields({ rule }: { rule: PolicyRuleOfKind<"proof"> | undefined }) {
  const t = useTranslations("policy.form");
  const name = useElementNames();
  return (
    <CheckboxGroup
      legend={t("elements")}
      name="elements"
      choices={Object.keys(messages.policy.elements).map((key) => ({ key, name: name(key) }))}
      chosen={[...(rule?.written ? ["written_form"] : []), ...(rule?.elements ?? [])]}
    />
  );
}

const DialerFields = ({ legend, chosen }: { legend: string; chosen: readonly string[] }) => {
  const name = useDialerName();
  return (
    <CheckboxGroup
      legend={legend}
      name="dialers"
      choices={Dialer.options.map((key) => ({ key, name: name(key) }))}
      chosen={chosen}
    />
  );
};

function ScopeFields({ kind, rule, choices }: RuleFieldsProps) {
  const t = useTranslations("policy.form");
  const kinds = useTranslations("organization.kinds");
  const everywhere = kind === "registry" ? t("placesOfRegistry") : t("everyPlace");
  return (
    <div className="grid gap-4">
      <SelectField
        name="place"
        label={t("place")}
        hint={t("placeHint")}
        choices={[
          { key: "", name: everywhere },
          ...choices.places.map(({ id, name }) => ({ key: id, name })),
        ]}
        chosen={rule?.places?.[0] ?? ""}
      />
      <CheckboxGroup
        legend={t("purposes")}
        name="purposes"
        choices={PurposeKind.options.map((key) => ({ key, name: kinds(key) }))}
        chosen={rule?.purposes ?? []}
        hint={t("noneIsAll")}
      />
      {kind !== "dialer" && (
        <>
          <DialerFields legend={t("dialers")} chosen={rule?.dialers ?? []} />
          <p className="text-sm text-muted">{t("noneIsAll")}</p>
        </>
      )}
    </div>
  );
}

const typedNumber = (form: FormData, name: string) => {
  const text = typedText(form, name);
  return text === "" ? null : Number(text);
};

/** Reads a window of hours; none if its fields are empty. */
function readWindow(form: FormData, name: "first" | "second") {
  const days = form.getAll(`${name}.days`);
  const [from, to] = [typedText(form, `${name}.from`), typedText(form, `${name}.to`)];
  return days.length === 0 && from === "" && to === "" ? [] : [{ days, from, to }];
}

/** Reads the fields that a kind has of its own. */
function readKind(form: FormData, kind: PolicyRuleKind) {
  switch (kind) {
    case "hours":
      return {
        windows: [...readWindow(form, "first"), ...readWindow(form, "second")],
        holidaysClosed: form.has("holidaysClosed"),
      };
    case "closed-days": {
      const first = typedText(form, "first");
      return { first, last: typedText(form, "last") || first };
    }
    case "cap":
      return { calls: typedNumber(form, "calls"), days: typedNumber(form, "days") };
    case "consent":
      return {};
    case "consent-age":
      return { months: typedNumber(form, "months") };
    case "cool-off":
      return { days: typedNumber(form, "days") };
    case "proof": {
      const elements = form.getAll("elements");
      return {
        written: elements.includes("written_form"),
        elements: elements.filter((element) => element !== "written_form"),
      };
    }
    case "dialer":
      return {};
    case "registry":
      return {
        registry: typedText(form, "registry"),
        maxAgeDays: typedNumber(form, "maxAgeDays"),
      };
  }
}

/** Reads a rule from its fields; without data if something is missing or wrong. */
export function readRule(form: FormData, kind: PolicyRuleKind, id: string) {
  const orAll = (name: string) => {
    const chosen = form.getAll(name);
    return chosen.length === 0 ? null : chosen;
  };
  const place = typedText(form, "place");
  return RuleSchema.safeParse({
    kind,
    id,
    places: place === "" ? null : [place],
    purposes: orAll("purposes"),
    dialers: orAll("dialers"),
    note: typedText(form, "note"),
    ...readKind(form, kind),
  });
}
