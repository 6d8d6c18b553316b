"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Banner } from "@/components/banner";
import { SaveDraftRow } from "@/components/save-form";
import { focusFirstFault } from "@/components/form-faults";
import { useTRPC } from "@/trpc/client";
import {
  CaptureFormKind,
  type CaptureFormSettings,
  type ConfirmationSettings,
  DraftCaptureForm,
} from "@ringfence/core/consents/capture-form";
import { Checkbox, type Choice, Field, Input, Select, Textarea } from "@/components/fields";
import type { CaptureFormId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";

/** Edits a form: texts, jurisdictions and page. Saving changes only the draft. */
export function CaptureFormEditor({ id, initial, disclosures }: CaptureFormEditorProps) {
  const t = useTranslations("captureForm");
  const router = useRouter();
  const trpc = useTRPC();
  const [odd, setOdd] = useState<ReadonlySet<string>>(new Set());
  const draft = useMutation(
    trpc.captureForm.draft.mutationOptions({
      onSuccess(kept) {
        if (id === undefined) router.push(`/forms/${kept.id}`);
        else router.refresh();
      },
    }),
  );
  const read = (form: HTMLFormElement) => {
    const given = parseDraft(id, new FormData(form));
    flushSync(() => setOdd(given.odd ?? new Set()));
    return given.draft;
  };
  return (
    <form
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const given = read(event.currentTarget);
        focusFirstFault(event.currentTarget);
        if (given) draft.mutate(given);
      }}
      onInput={({ currentTarget }) => odd.size > 0 && read(currentTarget)}
    >
      {draft.error && <Banner tone="bad" role="alert" title={draft.error.message} />}
      <PlaceFields initial={initial} odd={odd} />
      <AskedFields settings={initial.settings} disclosures={disclosures} />
      <SaveDraftRow
        words={{ save: t("save"), saving: t("saving"), saved: t("saved") }}
        isSaving={draft.isPending}
        isSaved={draft.isSuccess && id !== undefined}
      />
    </form>
  );
}

type PlaceFieldsProps = Pick<CaptureFormEditorProps, "initial"> & { odd: ReadonlySet<string> };

/** Fields for the form's name, kind and places. */
function PlaceFields({ initial: { name, kind, settings }, odd }: PlaceFieldsProps) {
  const t = useTranslations("captureForm");
  const kinds = useTranslations("captureForms.kinds");
  const findFault = (field: "origins" | "jurisdictions" | "url" | "callLanguage") =>
    odd.has(field) ? t(`odd.${field}`) : undefined;
  return (
    <>
      <Field label={t("name")}>
        {(wired) => (
          <Input {...wired} name="formName" required maxLength={200} defaultValue={name} />
        )}
      </Field>
      <Field label={t("kind")}>
        {(wired) => (
          <Select {...wired} name="kind" defaultValue={kind}>
            {CaptureFormKind.options.map((key) => (
              <option key={key} value={key}>
                {kinds(key)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label={t("jurisdictions")}
        hint={t("jurisdictionsHint")}
        fault={findFault("jurisdictions")}
      >
        {(wired) => (
          <Input {...wired} name="jurisdictions" defaultValue={settings.jurisdictions.join(" ")} />
        )}
      </Field>
      <Field label={t("origins")} isOptional hint={t("originsHint")} fault={findFault("origins")}>
        {(wired) => (
          <Textarea {...wired} name="origins" rows={2} defaultValue={settings.origins.join("\n")} />
        )}
      </Field>
      <Field label={t("url")} isOptional hint={t("urlHint")} fault={findFault("url")}>
        {(wired) => <Input {...wired} name="url" type="url" defaultValue={settings.url} />}
      </Field>
      <Field
        label={t("callLanguage")}
        isOptional
        hint={t("callLanguageHint")}
        fault={findFault("callLanguage")}
      >
        {(wired) => <Input {...wired} name="callLanguage" defaultValue={settings.callLanguage} />}
      </Field>
    </>
  );
}

type AskedFieldsProps = {
  settings: CaptureFormEditorProps["initial"]["settings"];
  disclosures: CaptureFormEditorProps["disclosures"];
};

const NAMES = ["none", "optional", "required", "signature"] as const;
const EMAILS = ["none", "optional", "required"] as const;
const CONFIRMATIONS = ["none", "told-sms", "told-email", "asked-sms", "asked-email"] as const;

/** Fields for the texts, the person's details and the confirmation. */
function AskedFields({ settings, disclosures }: AskedFieldsProps) {
  const t = useTranslations("captureForm");
  const chosen = new Set(settings.disclosures.map(({ id, version }) => `${id}/${version}`));
  return (
    <>
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-medium">{t("disclosures")}</legend>
        {disclosures.length === 0 && <p className="text-muted">{t("noDisclosure")}</p>}
        {disclosures.map(({ key, name }) => (
          <Checkbox
            key={key}
            name="disclosures"
            value={key}
            label={name}
            defaultChecked={chosen.has(key)}
          />
        ))}
      </fieldset>
      <Field label={t("personName")}>
        {(wired) => (
          <Select {...wired} name="name" defaultValue={settings.name}>
            {NAMES.map((key) => (
              <option key={key} value={key}>
                {t(`names.${key}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("email")}>
        {(wired) => (
          <Select {...wired} name="email" defaultValue={settings.email}>
            {EMAILS.map((key) => (
              <option key={key} value={key}>
                {t(`names.${key}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("confirmation")} hint={t("confirmationHint")}>
        {(wired) => (
          <Select {...wired} name="confirmation" defaultValue={findConfirmationKey(settings)}>
            {CONFIRMATIONS.map((key) => (
              <option key={key} value={key}>
                {t(`confirmations.${key}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

function findConfirmationKey({ confirmation }: AskedFieldsProps["settings"]) {
  const isThis = (key: (typeof CONFIRMATIONS)[number]) =>
    confirmations[key]?.means === confirmation?.means &&
    confirmations[key]?.isAsked === confirmation?.isAsked;
  return CONFIRMATIONS.find(isThis) ?? "none";
}

type CaptureFormEditorProps = {
  id?: CaptureFormId;
  initial: { name: string; kind: CaptureFormKind; settings: CaptureFormSettings };
  /** Published texts, as `id/version`. */
  disclosures: readonly Choice[];
};

/** Choices of how a form is confirmed. */
const confirmations = {
  none: null,
  "told-sms": { means: "sms", isAsked: false },
  "told-email": { means: "email", isAsked: false },
  "asked-sms": { means: "sms", isAsked: true },
  "asked-email": { means: "email", isAsked: true },
} as const satisfies Record<string, ConfirmationSettings | null>;

const splitList = (text: string) => text.split(/[\s,]+/).filter((word) => word !== "");

/** Parses the typed draft, or returns the names of the invalid fields. */
function parseDraft(id: string | undefined, data: FormData) {
  const one = (name: string) => typedText(data, name);
  const confirmation = Object.entries(confirmations).find(([key]) => key === one("confirmation"));
  const {
    success,
    data: draft,
    error,
  } = DraftCaptureForm.safeParse({
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
  if (success) return { draft };
  return { odd: new Set(error.issues.map(({ path }) => String(path[1] ?? path[0]))) };
}
