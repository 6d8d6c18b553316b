"use client";
import { NewPasskey, PasskeyName } from "@ringfence/core/account/second-factor";
import type { PasskeyId } from "@ringfence/core/ids";
import { startRegistration } from "@simplewebauthn/browser";
import { useMutation } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { ConfirmDialog, EditDialog } from "@/components/dialogs";
import { Field, Input } from "@/components/fields";
import { type Column, Table } from "@/components/table";
import { showToast } from "@/components/toast";
import { zoneLabel } from "@/i18n/format-time";
import { useTRPC } from "@/trpc/client";
import { z } from "zod";

type OwnPasskey = {
  passkeyId: PasskeyId;
  name: string;
  createdAt: Date;
  usedAt: Date | null;
};

type OwnPasskeysProps = {
  own: {
    authenticatorSince: Date | null;
    passkeys: readonly OwnPasskey[];
    mayUsePasskeys: boolean;
  };
  onChange: () => void;
  /** Called with new recovery codes, which come with a passkey if the member has none left. */
  onCodes: (codes: readonly string[]) => void;
};

/** The member's own passkeys, and a form to add one. Hidden while they may have none. */
export function OwnPasskeys({ own, onChange, onCodes }: OwnPasskeysProps) {
  const t = useTranslations("passkeys");
  const { authenticatorSince, passkeys, mayUsePasskeys } = own;
  if (!mayUsePasskeys && passkeys.length === 0) return null;
  const isLast = authenticatorSince === null && passkeys.length === 1;
  return (
    <div className="grid gap-4">
      <p className="max-w-[46rem]">{t(mayUsePasskeys ? "why" : "notNow")}</p>
      {passkeys.length > 0 && (
        <PasskeyTable passkeys={passkeys} isLast={isLast} onChange={onChange} />
      )}
      {mayUsePasskeys && (
        <AddPasskey onAdded={(codes) => (codes === null ? onChange() : onCodes(codes))} />
      )}
    </div>
  );
}

type PasskeyTableProps = {
  passkeys: readonly OwnPasskey[];
  /** True if the member has no other second factor. */
  isLast: boolean;
  onChange: () => void;
};

function PasskeyTable({ passkeys, isLast, onChange }: PasskeyTableProps) {
  const t = useTranslations("passkeys");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const [removing, setRemoving] = useState<OwnPasskey | null>(null);
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.secondFactor.removePasskey.mutationOptions({
      onSuccess: onChange,
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  const columns: [Column<OwnPasskey>, ...Column<OwnPasskey>[]] = [
    { key: "name", head: t("name"), cell: ({ name }) => name },
    {
      key: "created",
      head: t("created", { zone }),
      narrow: t("created", { zone }),
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
    {
      key: "used",
      head: t("used", { zone }),
      narrow: t("used", { zone }),
      cell: ({ usedAt }) => (usedAt ? <LocalTime instant={usedAt} precision="cell" /> : t("never")),
    },
    {
      key: "actions",
      head: <span className="sr-only">{t("actions")}</span>,
      isFigure: true,
      cell: (passkey) => (
        <span className="inline-flex gap-2 md:-my-1.5">
          <RenameButton passkey={passkey} onRenamed={onChange} />
          <Button size="small" look="danger" onClick={() => setRemoving(passkey)}>
            {t("remove")}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <>
      <Table
        isStack
        caption={t("caption")}
        columns={columns}
        rows={passkeys}
        rowKey={({ passkeyId }) => passkeyId}
      />
      {removing && (
        <ConfirmDialog
          title={t("removeTitle", { name: removing.name })}
          confirm={t("remove")}
          onConfirm={() => remove.mutate({ passkeyId: removing.passkeyId })}
          onClose={() => setRemoving(null)}
        >
          {t(isLast ? "removeLastBody" : "removeBody")}
        </ConfirmDialog>
      )}
    </>
  );
}

const Named = z.object({ name: PasskeyName });

type RenameButtonProps = { passkey: OwnPasskey; onRenamed: () => void };

function RenameButton({ passkey: { passkeyId, name }, onRenamed }: RenameButtonProps) {
  const t = useTranslations("passkeys");
  const trpc = useTRPC();
  const rename = useMutation(
    trpc.secondFactor.renamePasskey.mutationOptions({ onSuccess: onRenamed }),
  );
  return (
    <EditDialog
      words={{ open: t("rename"), openOne: t("renameOne", { name }), title: t("renameTitle") }}
      read={(form) => {
        const { data } = Named.safeParse(Object.fromEntries(form));
        return { data: data && { passkeyId, ...data } };
      }}
      saving={rename}
    >
      <NameField name={name} />
    </EditDialog>
  );
}

function NameField({ name }: { name?: string }) {
  const t = useTranslations("passkeys");
  return (
    <Field label={t("name")} hint={t("nameHint")}>
      {(wired) => <Input {...wired} name="name" maxLength={60} required defaultValue={name} />}
    </Field>
  );
}

type AddPasskeyProps = { onAdded: (recoveryCodes: readonly string[] | null) => void };

/**
 * Makes a passkey in the browser's own dialog and adds it under a name. `onAdded` gets new recovery codes, which must
 * be shown; null if the member still has some.
 */
export function AddPasskey({ onAdded }: AddPasskeyProps) {
  const t = useTranslations("passkeys");
  const trpc = useTRPC();
  const start = useMutation(trpc.secondFactor.startPasskey.mutationOptions());
  const add = useMutation(trpc.secondFactor.addPasskey.mutationOptions());
  const [fault, submit, isBusy] = useActionState<string | null, FormData>(async (_, form) => {
    const { data } = Named.safeParse(Object.fromEntries(form));
    if (data === undefined) return t("nameFault");
    try {
      const made = await startRegistration({ optionsJSON: await start.mutateAsync() });
      const { recoveryCodes } = await add.mutateAsync({ ...data, passkey: NewPasskey.parse(made) });
      onAdded(recoveryCodes);
      return null;
    } catch (error) {
      if (error instanceof TRPCClientError) return error.message;
      const isThere = error instanceof Error && error.name === "InvalidStateError";
      return t(isThere ? "exists" : "notMade");
    }
  }, null);
  return (
    <form action={submit} className="grid max-w-[26rem] gap-4">
      {fault !== null && <Banner tone="bad" role="alert" title={fault} />}
      <NameField />
      <div>
        <Button type="submit" busy={isBusy && t("adding")}>
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
