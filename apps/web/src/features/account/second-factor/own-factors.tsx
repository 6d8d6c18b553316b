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
import { RecoveryCodes } from "./recovery-codes";

/** The member's own second factors: sets up or removes an authenticator, and replaces recovery codes. */
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
  if (replace.data) {
    return (
      <div className="pt-4">
        <RecoveryCodes
          codes={replace.data}
          onSaved={() => {
            replace.reset();
            reload();
          }}
        />
      </div>
    );
  }
  if (own.authenticatorSince === null) {
    return (
      <div className="grid max-w-[46rem] gap-4 pt-4">
        <p>{t("none")}</p>
        <AuthenticatorSetup onDone={reload} />
      </div>
    );
  }
  return (
    <div className="grid gap-4 pt-4">
      <Facts
        facts={[
          { name: t("authenticator"), value: <LocalTime instant={own.authenticatorSince} /> },
          { name: t("codes"), value: t("codesLeft", { count: own.recoveryCodes }) },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <Button busy={replace.isPending && t("replacing")} onClick={() => replace.mutate()}>
          {t("replace")}
        </Button>
        <RemoveButton onRemoved={reload} />
      </div>
    </div>
  );
}

function RemoveButton({ onRemoved }: { onRemoved: () => void }) {
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
          {t("removeBody")}
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
