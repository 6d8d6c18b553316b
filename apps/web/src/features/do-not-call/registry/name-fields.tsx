"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import type { RegistryDraft } from "./registry-draft";

type Names = Pick<RegistryDraft, "code" | "name">;

type NameFieldsProps = {
  names: Names;
  /** A list of the organization's own, whose code it chooses. */
  isOwn: boolean;
  onNames: (names: Partial<Names>) => void;
  faults: { code: string | undefined; name: string | undefined };
};

/** What a registry is called: by people, and by rules and answers. */
export function NameFields({ names, isOwn, onNames, faults }: NameFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={t("name")} hint={t("nameHint")} fault={faults.name}>
        {(wired) => (
          <Input
            {...wired}
            value={names.name}
            maxLength={200}
            onChange={({ currentTarget }) => onNames({ name: currentTarget.value })}
          />
        )}
      </Field>
      {isOwn && (
        <Field label={t("code")} hint={t("codeHint")} fault={faults.code}>
          {(wired) => (
            <Input
              {...wired}
              value={names.code}
              maxLength={40}
              onChange={({ currentTarget }) => onNames({ code: currentTarget.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
