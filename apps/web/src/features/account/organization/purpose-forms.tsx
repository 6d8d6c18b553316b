"use client";
import {
  AddPurpose as Adding,
  PurposeKind,
  RenamePurpose as Rename,
} from "@ringfence/core/account/purpose";
import type { KnownPurpose } from "@ringfence/services/account/purpose";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { EditDialog } from "@/components/edit-dialog";
import { NameAndKeyFields, NameField, SelectField } from "./fields";
import { Field } from "@/components/field";
import { Select } from "@/components/select";

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
        Adding.safeParse({
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
      <NameField words={{ label: t("purposeName"), hint: t("purposeNameHint") }} name={name} />
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
    <>
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
      <NameAndKeyFields
        words={{
          name: t("purposeName"),
          nameHint: t("purposeNameHint"),
          keyHint: (part) => t("purposeKeyHint", { key: fullKey(part || "…") }),
        }}
        maxLength={64}
      />
      {above ? (
        <p>
          <b>{t("kind")}</b>
          <br />
          {t("kindOfAbove", { kind: t(`kinds.${above.kind}`) })}
        </p>
      ) : (
        <SelectField
          name="kind"
          words={{ label: t("kind"), hint: t("kindHint") }}
          choices={PurposeKind.options.map((key) => ({ key, name: t(`kinds.${key}`) }))}
          chosen="promotional"
        />
      )}
    </>
  );
}
