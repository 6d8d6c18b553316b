"use client";

import type { ApiKeyId } from "@ringfence/core/ids";
import { MAX_PUBLIC_KEYS, RegisterPublicKey } from "@ringfence/core/account/api-key";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { ConfirmDialog, Dialog } from "@/components/dialogs";
import { Field, Textarea } from "@/components/fields";
import { LocalTime } from "@/components/dates";
import { typedText } from "@/components/typed-text";
import { useRefreshed, useTRPC } from "@/trpc/client";

type RequestSigningProps = {
  apiKeyId: ApiKeyId;
  name: string;
  /** Since when requests have to be signed; null if they do not. */
  signedSince: Date | null;
  publicKeys: readonly { thumbprint: string; createdAt: Date }[];
  whyNot: string | undefined;
};

/** Registers and removes the public keys that verify the requests of an API key. */
export function RequestSigning(props: RequestSigningProps) {
  const { apiKeyId, name, signedSince, publicKeys, whyNot } = props;
  const t = useTranslations("requestSigning");
  const [isOpen, setOpen] = useState(false);
  const [removing, setRemoving] = useState<string | null>(null);
  const [isStopping, setStopping] = useState(false);
  const trpc = useTRPC();
  const stop = useMutation(trpc.apiKey.stopRequiringSignatures.mutationOptions(useRefreshed()));
  const remove = useMutation(trpc.apiKey.removePublicKey.mutationOptions(useRefreshed()));
  const close = () => setOpen(false);
  const actions = (
    <>
      {signedSince && (
        <Button busy={stop.isPending && t("stopping")} onClick={() => setStopping(true)}>
          {t("stop")}
        </Button>
      )}
      <Button onClick={close}>{t("close")}</Button>
    </>
  );
  return (
    <>
      <Button
        size="small"
        aria-label={t("openOne", { name })}
        whyNot={whyNot}
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </Button>
      {isOpen && (
        <Dialog title={t("title", { name })} onClose={close} actions={actions}>
          <div className="grid grid-cols-1 gap-4 text-ink">
            <p>{signedSince ? t.rich("since", { time: toTime(signedSince) }) : t("body")}</p>
            {signedSince && publicKeys.length === 0 && <Banner tone="bad" title={t("none")} />}
            <PublicKeys
              publicKeys={publicKeys}
              busy={remove.isPending && t("removing")}
              onRemove={setRemoving}
            />
            {publicKeys.length < MAX_PUBLIC_KEYS && <RegisterForm apiKeyId={apiKeyId} />}
          </div>
        </Dialog>
      )}
      {removing !== null && (
        <ConfirmDialog
          title={t("removeTitle")}
          confirm={t("remove")}
          onConfirm={() => remove.mutate({ apiKeyId, thumbprint: removing })}
          onClose={() => setRemoving(null)}
        >
          {publicKeys.length > 1 ? t("removeBody") : t("removeLastBody")}
        </ConfirmDialog>
      )}
      {isStopping && (
        <ConfirmDialog
          title={t("stopTitle")}
          confirm={t("stop")}
          onConfirm={() => stop.mutate({ apiKeyId })}
          onClose={() => setStopping(false)}
        >
          {t("stopBody")}
        </ConfirmDialog>
      )}
    </>
  );
}

const toTime = (instant: Date) => () => <LocalTime instant={instant} precision="cell" />;

type PublicKeysProps = Pick<RequestSigningProps, "publicKeys"> & {
  busy: string | false;
  onRemove: (thumbprint: string) => void;
};

/** Lists the public keys, each with a button that removes it. */
function PublicKeys({ publicKeys, busy, onRemove }: PublicKeysProps) {
  const t = useTranslations("requestSigning");
  return (
    <ul className="grid gap-3 empty:hidden" aria-label={t("list")}>
      {publicKeys.map(({ thumbprint, createdAt }) => (
        <li key={thumbprint} className="grid justify-items-start gap-1.5">
          <code className="font-mono text-xs break-all">{thumbprint}</code>
          <div className="flex flex-wrap items-center gap-2 text-sm text-muted">
            <span>{t.rich("added", { time: toTime(createdAt) })}</span>
            <Button
              size="small"
              aria-label={t("removeOne", { thumbprint })}
              busy={busy}
              onClick={() => onRemove(thumbprint)}
            >
              {t("remove")}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Field for the next public key. */
function RegisterForm({ apiKeyId }: Pick<RequestSigningProps, "apiKeyId">) {
  const t = useTranslations("requestSigning");
  const [isEmpty, setEmpty] = useState(false);
  const trpc = useTRPC();
  const router = useRouter();
  const register = useMutation(trpc.apiKey.registerPublicKey.mutationOptions());
  const refusal = register.error?.message;
  return (
    <form
      className="grid justify-items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const publicKey = typedText(new FormData(form), "publicKey");
        const { data } = RegisterPublicKey.safeParse({ apiKeyId, publicKey });
        setEmpty(data === undefined);
        const onSuccess = () => {
          form.reset();
          router.refresh();
        };
        if (data !== undefined) register.mutate(data, { onSuccess });
      }}
    >
      <Field
        label={t("publicKey")}
        hint={t("publicKeyHint")}
        fault={isEmpty ? t("publicKeyFault") : refusal}
      >
        {(wired) => <Textarea {...wired} name="publicKey" />}
      </Field>
      <Button type="submit" look="primary" busy={register.isPending && t("registering")}>
        {t("register")}
      </Button>
    </form>
  );
}
