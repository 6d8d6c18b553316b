"use client";

import type { Scope } from "@ringfence/core/platform/access";
import { MakeApiKey } from "@ringfence/core/account/api-key";
import type { listSellers } from "@ringfence/services/account/seller";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SubmitForm } from "@/components/save-form";
import { useTRPC } from "@/trpc/client";
import { type ApiAddress, FirstRequest } from "./first-request";
import { SellerLimit } from "@/components/seller-limit";
import { OneTimeSecret } from "@/components/client-buttons";
import { TextField, ControlledCheckboxes } from "@/components/fields";
import { useSubmit } from "@/components/form-faults";

type NewApiKeyProps = {
  sellers: Awaited<ReturnType<typeof listSellers>>;
  /** Scopes that the member's role may give to a key (`mayGrantScope`). */
  scopes: readonly Scope[];
  api: ApiAddress;
};

/** Form that creates an API key. The key itself is shown once. */
export function NewApiKey({ sellers, scopes: possible, api }: NewApiKeyProps) {
  const t = useTranslations("newApiKey");
  const words = useTranslations("apiKeys.scopes");
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [limits, setLimits] = useState<readonly string[]>([]);
  const trpc = useTRPC();
  const make = useMutation(trpc.apiKey.make.mutationOptions());
  const limited = limits.length > 0 && { sellers: limits };
  const fields = MakeApiKey.safeParse({ name, reason, scopes, ...limited });
  const { faults, submit } = useSubmit(fields, make.mutate);
  if (make.data) return <KeyMade {...{ api, scopes }} secret={make.data.key} />;
  return (
    <SubmitForm
      className="grid max-w-[46rem] gap-5 pt-2"
      onSubmit={submit}
      error={make.error?.message}
      submit={t("make")}
      busy={make.isPending && t("making")}
    >
      <TextField
        words={{ label: t("name"), hint: t("nameHint"), fault: t("nameFault") }}
        isFault={faults.includes("name")}
        value={name}
        onText={setName}
      />
      <TextField
        words={{ label: t("reason"), hint: t("reasonHint"), fault: t("reasonFault") }}
        isFault={faults.includes("reason")}
        value={reason}
        onText={setReason}
      />
      <ControlledCheckboxes
        legend={t("may")}
        choices={possible.map((value) => ({ value, label: words(value), hint: value }))}
        chosen={scopes}
        onChosen={setScopes}
        fault={faults.includes("scopes") ? t("scopesFault") : null}
      />
      {sellers.length > 1 && (
        <SellerLimit
          choices={sellers.map(({ key, name: label }) => ({ value: key, label }))}
          chosen={limits}
          onChosen={setLimits}
        />
      )}
    </SubmitForm>
  );
}

type KeyMadeProps = { api: ApiAddress; scopes: readonly Scope[]; secret: string };

/** Shows the key this one time, and a first request with it. */
function KeyMade({ api, scopes, secret }: KeyMadeProps) {
  const t = useTranslations("newApiKey");
  return (
    <>
      <OneTimeSecret
        title={t("made")}
        note={t("once")}
        secret={secret}
        next={{ href: "/keys", label: t("back") }}
      />
      <FirstRequest {...{ api, scopes, secret }} />
    </>
  );
}
