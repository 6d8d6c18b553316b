"use client";
import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { MoreFields, MoreTitle } from "@/components/more-fields";
import { SaveForm, useShowSaved } from "@/components/save-form";
import { useTRPC } from "@/trpc/client";
import {
  CaptureFormKind,
  type CaptureFormSettings,
  type ConfirmationSettings,
  DraftCaptureForm,
} from "@ringfence/core/consents/capture-form";
import {
  CheckboxGroup,
  type Choice,
  Field,
  Input,
  SelectField,
  Textarea,
} from "@/components/fields";
import type { CaptureFormId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";

type CaptureFormEditorProps = Omit<CaptureFormFieldsProps, "faults"> & { id?: CaptureFormId };

/**
 * Edits a form: texts, jurisdictions and page. Saving leaves the published version as it is, and discards what a check
 * of the page found.
 */
export function CaptureFormEditor({ id, ...fields }: CaptureFormEditorProps) {
  const t = useTranslations("captureForm");
  const trpc = useTRPC();
  const onSuccess = useShowSaved("/forms", id === undefined);
  const draft = useMutation(trpc.captureForm.draft.mutationOptions({ onSuccess }));
  return (
    <SaveForm
      read={(form) => parseDraft(id, form)}
      saving={draft}
      words={{ save: t("save"), saving: t("saving") }}
      saved={draft.isSuccess && id !== undefined && t("saved")}
    >
      {(faults) => (
        <>
          <CaptureFormFields {...fields} faults={faults} />
          <AdvancedFields settings={fields.initial.settings} faults={faults} />
        </>
      )}
    </SaveForm>
  );
}

type CaptureFormFieldsProps = {
  initial: { name: string; kind: CaptureFormKind; settings: CaptureFormSettings };
  /** Published texts, as `id/version`. */
  disclosures: readonly Choice[];
  /** Names of the jurisdictions that have rules, by id. */
  places: Readonly<Record<string, string>>;
  /** Names of the fields that are not valid. */
  faults: readonly unknown[];
};

/** A name, a kind, the texts, and where the people live. A draft can be saved without texts and places. */
function CaptureFormFields(props: CaptureFormFieldsProps) {
  const { initial, disclosures, places, faults } = props;
  const t = useTranslations("captureForm");
  const kinds = useTranslations("captureForms.kinds");
  const { name, kind, settings } = initial;
  return (
    <>
      <Field label={t("name")}>
        {(wired) => (
          <Input {...wired} name="formName" required maxLength={200} defaultValue={name} />
        )}
      </Field>
      <SelectField
        name="kind"
        label={t("kind")}
        choices={CaptureFormKind.options.map((key) => ({ key, name: kinds(key) }))}
        chosen={kind}
      />
      <CheckboxGroup
        legend={t("disclosures")}
        name="disclosures"
        choices={disclosures}
        chosen={settings.disclosures.map(({ id, version }) => `${id}/${version}`)}
        {...(disclosures.length === 0 && { hint: t("noDisclosure") })}
      />
      <JurisdictionField
        initial={settings.jurisdictions}
        places={places}
        isFault={faults.includes("jurisdictions")}
      />
    </>
  );
}

type JurisdictionFieldProps = {
  initial: readonly string[];
  places: CaptureFormFieldsProps["places"];
  isFault: boolean;
};

/** Codes of jurisdictions, with their names while they are typed. */
function JurisdictionField({ initial, places, isFault }: JurisdictionFieldProps) {
  const t = useTranslations("captureForm");
  const format = useFormatter();
  const [typed, setTyped] = useState(initial.join(" "));
  const names = splitList(typed.toUpperCase()).map((code) => places[code] ?? code);
  return (
    <Field
      label={t("jurisdictions")}
      hint={
        <>
          {names.length > 0 && <b className="block">{format.list(names, { type: "unit" })}</b>}
          {t("jurisdictionsHint")}
        </>
      }
      fault={isFault ? t("odd.jurisdictions") : undefined}
    >
      {(wired) => (
        <Input
          {...wired}
          name="jurisdictions"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
    </Field>
  );
}

type AdvancedFieldsProps = { settings: CaptureFormSettings; faults: readonly unknown[] };

const NAMES = ["none", "optional", "required", "signature"] as const;
const EMAILS = ["none", "optional", "required"] as const;
const CONFIRMATIONS = ["none", "told-sms", "told-email", "asked-sms", "asked-email"] as const;

/** The form's place on the organization's own site, the person's details, and the confirmation. */
function AdvancedFields({ settings, faults }: AdvancedFieldsProps) {
  const t = useTranslations("captureForm");
  const confirmation = findConfirmationKey(settings);
  const findFault = (field: "origins" | "url" | "callLanguage") =>
    faults.includes(field) ? t(`odd.${field}`) : undefined;
  return (
    <MoreFields
      note={t("advancedNote", {
        sites: settings.origins.length,
        name: t(`names.${settings.name}`),
        email: t(`names.${settings.email}`),
        confirmation: t(`confirmations.${confirmation}`),
      })}
    >
      <MoreTitle>{t("ownSite")}</MoreTitle>
      <Field label={t("origins")} isOptional hint={t("originsHint")} fault={findFault("origins")}>
        {(wired) => (
          <Textarea {...wired} name="origins" rows={2} defaultValue={settings.origins.join("\n")} />
        )}
      </Field>
      <Field label={t("url")} isOptional hint={t("urlHint")} fault={findFault("url")}>
        {(wired) => <Input {...wired} name="url" type="url" defaultValue={settings.url} />}
      </Field>
      <MoreTitle>{t("details")}</MoreTitle>
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="name"
          label={t("personName")}
          choices={NAMES.map((key) => ({ key, name: t(`names.${key}`) }))}
          chosen={settings.name}
        />
        <SelectField
          name="email"
          label={t("email")}
          choices={EMAILS.map((key) => ({ key, name: t(`names.${key}`) }))}
          chosen={settings.email}
        />
      </div>
      <SelectField
        name="confirmation"
        label={t("confirmation")}
        hint={t("confirmationHint")}
        choices={CONFIRMATIONS.map((key) => ({ key, name: t(`confirmations.${key}`) }))}
        chosen={confirmation}
      />
      <Field
        label={t("callLanguage")}
        isOptional
        hint={t("callLanguageHint")}
        fault={findFault("callLanguage")}
      >
        {(wired) => <Input {...wired} name="callLanguage" defaultValue={settings.callLanguage} />}
      </Field>
    </MoreFields>
  );
}

function findConfirmationKey({ confirmation }: CaptureFormSettings) {
  const isThis = (key: (typeof CONFIRMATIONS)[number]) =>
    confirmations[key]?.means === confirmation?.means &&
    confirmations[key]?.isAsked === confirmation?.isAsked;
  return CONFIRMATIONS.find(isThis) ?? "none";
}

/** Choices of how a form is confirmed. */
const confirmations = {
  none: null,
  "told-sms": { means: "sms", isAsked: false },
  "told-email": { means: "email", isAsked: false },
  "asked-sms": { means: "sms", isAsked: true },
  "asked-email": { means: "email", isAsked: true },
} as const satisfies Record<(typeof CONFIRMATIONS)[number], ConfirmationSettings | null>;

const splitList = (text: string) => text.split(/[\s,]+/).filter((word) => word !== "");

/** Parses the typed draft, or returns its faults. */
function parseDraft(id: string | undefined, data: FormData) {
  const one = (name: string) => typedText(data, name);
  const confirmation = Object.entries(confirmations).find(([key]) => key === one("confirmation"));
  return DraftCaptureForm.safeParse({
    ...(id !== undefined && { id }),
    name: one("formName"),
    kind: one("kind"),
    settings: {
      disclosures: data.getAll("disclosures").map((ref) => {
        const [disclosureId, version] = typeof ref === "string" ? ref.split("/") : [];
        return { id: disclosureId, version: Number(version) };
      }),
      origins: splitList(one("origins")),
      jurisdictions: splitList(one("jurisdictions").toUpperCase()),
      ...(one("url") !== "" && { url: one("url") }),
      name: one("name"),
      email: one("email"),
      confirmation: confirmation?.[1] ?? null,
      ...(one("callLanguage") !== "" && { callLanguage: one("callLanguage") }),
    },
  });
}
