"use client";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { ConfirmDialog } from "@/components/dialogs";
import { Facts } from "@/components/page-layout";
import { showToast } from "@/components/toast";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { AuthenticatorSetup } from "./authenticator-setup";
import { OwnPasskeys } from "./own-passkeys";
import { RecoveryCodes } from "./recovery-codes";

/** The member's own second factors: an authenticator, recovery codes and passkeys. */
export function OwnFactors() {
  const t = useTranslations("secondFactor");
  const trpc = useTRPC();
  const { data: own } = useSuspenseQuery(trpc.secondFactor.readOwn.queryOptions());
  const reload = useReload();
  const replace = useMutation(
    trpc.secondFactor.replaceRecoveryCodes.mutationOptions({
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) {
    const close = () => {
      setCodes(null);
      reload();
    };
    return (
      <div className="pt-4">
        <RecoveryCodes codes={codes} onSaved={close} />
      </div>
    );
  }
  const { authenticatorSince, passkeys, recoveryCodes } = own;
  const hasOne = authenticatorSince !== null || passkeys.length > 0;
  return (
    <div className="grid gap-6 pt-4">
      {authenticatorSince === null ? (
        <div className="grid max-w-[46rem] gap-4">
          <p>{t(hasOne ? "noApp" : "none")}</p>
          <AuthenticatorSetup onDone={reload} />
        </div>
      ) : (
        <div className="grid gap-4">
          <Facts
            facts={[
              { name: t("authenticator"), value: <LocalTime instant={authenticatorSince} /> },
            ]}
          />
          <div>
            <RemoveButton isLast={passkeys.length === 0} onRemoved={reload} />
          </div>
        </div>
      )}
      {hasOne && (
        <div className="grid gap-4">
          <Facts facts={[{ name: t("codes"), value: t("codesLeft", { count: recoveryCodes }) }]} />
          <div>
            <Button
              busy={replace.isPending && t("replacing")}
              onClick={() => replace.mutate(undefined, { onSuccess: setCodes })}
            >
              {t("replace")}
            </Button>
          </div>
        </div>
      )}
      <OwnPasskeys own={own} onChange={reload} onCodes={setCodes} />
    </div>
  );
}

type RemoveButtonProps = {
  /** True if the member has no other second factor. */
  isLast: boolean;
  onRemoved: () => void;
};

function RemoveButton({ isLast, onRemoved }: RemoveButtonProps) {
  const t = useTranslations("secondFactor");
  const trpc = useTRPC();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.secondFactor.removeAuthenticator.mutationOptions({
      onSuccess: onRemoved,
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  return (
    <>
      <Button
        look="danger"
        busy={remove.isPending && t("removing")}
        onClick={() => setAsking(true)}
      >
        {t("remove")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("removeTitle")}
          confirm={t("remove")}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          {t(isLast ? "removeBody" : "removeBodyKept")}
        </ConfirmDialog>
      )}
    </>
  );
}

/** Reads the factors again, and renders the page again, because they decide how the member proves who they are. */
function useReload() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { onSuccess } = useRefreshed();
  return () => {
    void queryClient.invalidateQueries(trpc.secondFactor.readOwn.queryFilter());
    onSuccess();
  };
}
