"use client";

import type { Scope } from "@ringfence/core/platform/access";
import { MakeApiKey } from "@ringfence/core/account/api-key";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { listSellers } from "@ringfence/services/account/seller";
import { useMutation } from "@tanstack/react-query";
import { useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { SubmitForm } from "@/components/save-form";
import { useTRPC } from "@/trpc/client";
import { type ApiAddress, FirstRequest } from "./first-request";
import { splitAddresses } from "./limit-api-key";
import { SellerLimit } from "@/components/seller-limit";
import { OneTimeSecret } from "@/components/client-buttons";
import { ControlledCheckboxes, Field, Input, TextField, Textarea } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { useSubmit } from "@/components/form-faults";

type NewApiKeyProps = {
  sellers: Awaited<ReturnType<typeof listSellers>>;
  /** Scopes that the member's role may give to a key (`mayGrantScope`). */
  scopes: readonly Scope[];
  api: ApiAddress;
};

/** Days until a new key expires, unless the member chooses another day. */
const USUAL_DAYS = 365;

/** Form that creates an API key. The key itself is shown once. */
export function NewApiKey({ sellers, scopes: possible, api }: NewApiKeyProps) {
  const t = useTranslations("newApiKey");
  const words = useTranslations("apiKeys.scopes");
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [sellerKeys, setSellerKeys] = useState<readonly string[]>([]);
  const usualEnd = new Date(useNow().getTime() + USUAL_DAYS * DAY_MS).toISOString().slice(0, 10);
  const [limits, setLimits] = useState<TypedLimits>({ lastDay: usualEnd, addresses: "" });
  const trpc = useTRPC();
  const make = useMutation(trpc.apiKey.make.mutationOptions());
  const limited = sellerKeys.length > 0 && { sellers: sellerKeys };
  const fields = MakeApiKey.safeParse({ name, reason, scopes, ...toLimits(limits), ...limited });
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
      <KeyLimits {...{ limits, setLimits, faults }} />
      {sellers.length > 1 && (
        <SellerLimit
          choices={sellers.map(({ key, name: label }) => ({ value: key, label }))}
          chosen={sellerKeys}
          onChosen={setSellerKeys}
        />
      )}
    </SubmitForm>
  );
}

type TypedLimits = { lastDay: string; addresses: string };

const toLimits = ({ lastDay, addresses }: TypedLimits) => ({
  ...(lastDay !== "" && { lastDay }),
  allowedAddresses: splitAddresses(addresses),
});

type KeyLimitsProps = {
  limits: TypedLimits;
  setLimits: (limits: TypedLimits) => void;
  faults: readonly unknown[];
};

/** Fields for the last day of a key and the addresses from which it may be used. */
function KeyLimits({ limits, setLimits, faults }: KeyLimitsProps) {
  const t = useTranslations("keyLimits");
  const count = splitAddresses(limits.addresses).length;
  return (
    <>
      <Field
        label={t("lastDay")}
        hint={t("lastDayHint")}
        isOptional
        fault={faults.includes("lastDay") ? t("lastDayFault") : undefined}
      >
        {(wired) => (
          <Input
            {...wired}
            type="date"
            value={limits.lastDay}
            onChange={({ currentTarget: { value } }) => setLimits({ ...limits, lastDay: value })}
          />
        )}
      </Field>
      <MoreFields
        title={t("allowed")}
        note={count === 0 ? t("fromAnywhere") : t("fromSome", { count })}
      >
        <Field
          label={t("allowed")}
          hint={t("allowedHint")}
          isOptional
          fault={faults.includes("allowedAddresses") ? t("allowedFault") : undefined}
        >
          {(wired) => (
            <Textarea
              {...wired}
              value={limits.addresses}
              onChange={({ currentTarget: { value } }) =>
                setLimits({ ...limits, addresses: value })
              }
            />
          )}
        </Field>
      </MoreFields>
    </>
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
