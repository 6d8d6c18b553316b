"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { CopyButton } from "@/components/client-buttons";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { CodeField } from "./code-field";
import { RecoveryCodes } from "./recovery-codes";

/** Sets up an authenticator app in three steps: scan, type a code, save the recovery codes. */
export function AuthenticatorSetup({ onDone }: { onDone: () => void }) {
  const t = useTranslations("secondFactor");
  const trpc = useTRPC();
  const start = useMutation(trpc.secondFactor.startAuthenticator.mutationOptions());
  const confirm = useMutation(
    trpc.secondFactor.confirmAuthenticator.mutationOptions({
      // A member with a passkey has recovery codes already.
      onSuccess: (done) =>
        done.outcome === "confirmed" && done.recoveryCodes.length === 0 ? onDone() : undefined,
    }),
  );
  if (confirm.data?.outcome === "confirmed" && confirm.data.recoveryCodes.length > 0) {
    return <RecoveryCodes codes={confirm.data.recoveryCodes} onSaved={onDone} />;
  }
  if (start.data) {
    return (
      <div className="grid gap-4">
        <Scan {...start.data} />
        <Confirm confirm={(code) => confirm.mutateAsync({ code })} />
      </div>
    );
  }
  return (
    <div className="grid justify-items-start gap-3">
      {start.error && <Banner tone="bad" role="alert" title={start.error.message} />}
      <Button look="primary" busy={start.isPending && t("starting")} onClick={() => start.mutate()}>
        {t("setUp")}
      </Button>
    </div>
  );
}

type ScanProps = { secret: string; picture: string };

function Scan({ secret, picture }: ScanProps) {
  const t = useTranslations("secondFactor");
  return (
    <div className="grid justify-items-start gap-3">
      <p>{t("scan")}</p>
      {/* oxlint-disable-next-line nextjs/no-img-element -- drawn here, and no file */}
      <img
        src={`data:image/svg+xml;base64,${picture}`}
        alt={t("qr")}
        width={176}
        height={176}
        className="rounded-md border border-line bg-white"
      />
      <p className="text-sm text-muted">{t("typeInstead")}</p>
      <code className="bg-sunken px-2 py-1 font-mono text-sm break-all">
        {secret.match(/.{1,4}/g)?.join(" ")}
      </code>
      <CopyButton text={secret} />
    </div>
  );
}

type Outcome = { outcome: "confirmed" | "wrong" | "throttled" };

function Confirm({ confirm }: { confirm: (code: string) => Promise<Outcome> }) {
  const t = useTranslations("secondFactor");
  const words = useTranslations("proof");
  const [fault, submit, isBusy] = useActionState<"wrong" | "throttled" | "failed" | null, FormData>(
    async (_, form) => {
      const { outcome } = await confirm(typedText(form, "code")).catch(() => ({
        outcome: "failed" as const,
      }));
      return outcome === "confirmed" ? null : outcome;
    },
    null,
  );
  return (
    <form action={submit} className="grid max-w-[26rem] gap-4">
      {(fault === "throttled" || fault === "failed") && (
        <Banner tone="bad" role="alert" title={words(fault)} />
      )}
      <CodeField hint={t("firstCode")} fault={fault === "wrong" ? t("wrongFirst") : undefined} />
      <div>
        <Button type="submit" look="primary" busy={isBusy && words("checking")}>
          {t("confirm")}
        </Button>
      </div>
    </form>
  );
}
