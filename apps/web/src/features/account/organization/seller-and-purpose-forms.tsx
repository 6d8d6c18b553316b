"use client";
import {
  AddSeller as AddSellerInput,
  ChangeSeller as Change,
  ConsentPolicy,
  Sector,
} from "@ringfence/core/account/seller";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KnownSeller } from "@ringfence/services/account/seller";
import {
  AddPurpose as AddPurposeInput,
  PurposeKind,
  RenamePurpose as Rename,
} from "@ringfence/core/account/purpose";
import type { KnownPurpose } from "@ringfence/services/account/purpose";
import { type ComponentProps, type ReactNode, useState } from "react";
import { toKey } from "@ringfence/core/platform/text";
import { useTRPC } from "@/trpc/client";
import { EditDialog } from "@/components/dialogs";
import { Field, Input, RadioGroup, Select, SelectField } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { typedText } from "@/components/typed-text";

export function AddSeller({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  const [policy, setPolicy] = useState<ConsentPolicy>("opt_in");
  return (
    <EditDialog
      words={{ open: t("addSeller"), title: t("addSeller") }}
      icon={Plus}
      whyNot={whyNot}
      read={(form) => AddSellerInput.safeParse(Object.fromEntries(form))}
      saving={useMutation(trpc.seller.add.mutationOptions())}
    >
      <NameAndKeyFields
        words={{
          name: t("sellerName"),
          nameHint: t("sellerNameHint"),
          keyHint: () => t("sellerKeyHint"),
          note: (key) => t("sellerNote", { key, policy: t(`policies.${policy}`) }),
        }}
        rare={<PolicyField policy={policy} onPolicy={setPolicy} />}
      >
        <SectorField sector="other" />
      </NameAndKeyFields>
    </EditDialog>
  );
}

export function ChangeSeller({ seller }: { seller: KnownSeller }) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  const { id, name, sector, consentPolicy } = seller;
  return (
    <EditDialog
      words={{
        open: t("changeSeller"),
        openOne: t("changeOne", { name }),
        title: t("changeSellerTitle", { name }),
      }}
      read={(form) =>
        Change.safeParse({
          id,
          ...Object.fromEntries(form),
          before: { name, sector, consentPolicy },
        })
      }
      saving={useMutation(trpc.seller.change.mutationOptions())}
    >
      <NameField
        words={{ label: t("sellerName"), hint: t("sellerNameHint") }}
        defaultValue={name}
      />
      <SectorField sector={sector} />
      <PolicyField policy={consentPolicy} />
    </EditDialog>
  );
}

function SectorField({ sector }: { sector: Sector }) {
  const t = useTranslations("organization");
  return (
    <SelectField
      name="sector"
      label={t("sector")}
      hint={t("sectorHint")}
      choices={Sector.options.map((key) => ({ key, name: t(`sectors.${key}`) }))}
      chosen={sector}
    />
  );
}

type PolicyFieldProps = { policy: ConsentPolicy; onPolicy?: (policy: ConsentPolicy) => void };

/** Chooses whom a seller may call: only people who consented, or also those who have not opted out. */
function PolicyField({ policy, onPolicy }: PolicyFieldProps) {
  const t = useTranslations("organization");
  return (
    <RadioGroup
      legend={t("policy")}
      radio={{
        name: "consentPolicy",
        onChange: ({ currentTarget }) => onPolicy?.(ConsentPolicy.parse(currentTarget.value)),
      }}
      chosen={policy}
      choices={ConsentPolicy.options.map((value) => ({
        value,
        label: t(`policies.${value}`),
        hint: t(`policyMeans.${value}`),
      }))}
    />
  );
}

type AddPurposeProps = { purposes: readonly KnownPurpose[]; whyNot: string | undefined };

/** Adds a purpose, below another one or at the top. Below another one it takes that one's kind. */
export function AddPurpose({ purposes, whyNot }: AddPurposeProps) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  const [below, setBelow] = useState("");
  const above = purposes.find(({ key }) => key === below);
  const fullKey = (part: string) => (above ? `${above.key}.${part}` : part);
  return (
    <EditDialog
      words={{ open: t("addPurpose"), title: t("addPurpose") }}
      icon={Plus}
      whyNot={whyNot}
      read={(form) =>
        AddPurposeInput.safeParse({
          key: fullKey(typedText(form, "key")),
          name: form.get("name"),
          kind: above?.kind ?? form.get("kind"),
        })
      }
      saving={useMutation(trpc.purpose.add.mutationOptions())}
    >
      <PurposeFields purposes={purposes} above={above} onBelow={setBelow} fullKey={fullKey} />
    </EditDialog>
  );
}

export function RenamePurpose({ purpose: { key, name } }: { purpose: KnownPurpose }) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t("rename"),
        openOne: t("renameOne", { name }),
        title: t("renameTitle", { name }),
      }}
      read={(form) => Rename.safeParse({ key, name: form.get("name") })}
      saving={useMutation(trpc.purpose.rename.mutationOptions())}
    >
      <NameField
        words={{ label: t("purposeName"), hint: t("purposeNameHint") }}
        defaultValue={name}
      />
    </EditDialog>
  );
}

type PurposeFieldsProps = {
  purposes: readonly KnownPurpose[];
  above: KnownPurpose | undefined;
  onBelow: (key: string) => void;
  fullKey: (part: string) => string;
};

function PurposeFields({ purposes, above, onBelow, fullKey }: PurposeFieldsProps) {
  const t = useTranslations("organization");
  return (
    <NameAndKeyFields
      words={{
        name: t("purposeName"),
        nameHint: t("purposeNameHint"),
        keyHint: (part) => t("purposeKeyHint", { key: fullKey(part || "…") }),
        note: (part) => t("keyNote", { key: fullKey(part) }),
      }}
    >
      <Field label={t("below")} hint={t("belowHint")}>
        {(wired) => (
          <Select
            {...wired}
            value={above?.key ?? ""}
            onChange={({ currentTarget }) => onBelow(currentTarget.value)}
          >
            <option value="">{t("top")}</option>
            {purposes.map(({ key, name }) => (
              <option key={key} value={key}>
                {`${name} (${key})`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {above ? (
        <p>
          <b>{t("kind")}</b>
          <br />
          {t("kindOfAbove", { kind: t(`kinds.${above.kind}`) })}
        </p>
      ) : (
        <SelectField
          name="kind"
          label={t("kind")}
          hint={t("kindHint")}
          choices={PurposeKind.options.map((key) => ({ key, name: t(`kinds.${key}`) }))}
          chosen="promotional"
        />
      )}
    </NameAndKeyFields>
  );
}

type NameFieldProps = { words: { label: string; hint: string } } & Pick<
  ComponentProps<typeof Input>,
  "defaultValue" | "value" | "onChange"
>;

/** Field for the name of an organization, a seller or a purpose. */
export const NameField = ({ words, ...input }: NameFieldProps) => (
  <Field label={words.label} hint={words.hint}>
    {(wired) => (
      <Input {...wired} name="name" required maxLength={100} autoComplete="off" {...input} />
    )}
  </Field>
);

type NameAndKeyFieldsProps = {
  words: {
    name: string;
    nameHint: string;
    keyHint: (key: string) => ReactNode;
    /** Names the defaults of the folded fields. */
    note: (key: string) => ReactNode;
  };
  /** Fields after the name. */
  children: ReactNode;
  /** Fields folded with the key. */
  rare?: ReactNode;
};

const MAX_KEY_LENGTH = 64;

/** Fields for a name and, folded, a key. The key follows the name until the user edits it. */
function NameAndKeyFields({ words, children, rare }: NameAndKeyFieldsProps) {
  const t = useTranslations("organization");
  const [name, setName] = useState("");
  const [written, setWritten] = useState<string | null>(null);
  const key = written ?? toKey(name);
  return (
    <>
      <NameField
        words={{ label: words.name, hint: words.nameHint }}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      {children}
      <MoreFields note={words.note(key || "…")}>
        <Field label={t("key")} hint={words.keyHint(key)}>
          {(wired) => (
            <Input
              {...wired}
              name="key"
              required
              maxLength={MAX_KEY_LENGTH}
              pattern="[a-z0-9\-]+"
              autoComplete="off"
              spellCheck={false}
              value={key}
              onChange={({ currentTarget }) => setWritten(currentTarget.value.trim())}
            />
          )}
        </Field>
        {rare}
      </MoreFields>
    </>
  );
}
