"use client";
import { PasskeyAnswer } from "@ringfence/core/account/second-factor";
import { WebAuthnError, startAuthentication } from "@simplewebauthn/browser";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { useTRPCClient } from "@/trpc/client";
import { Button } from "./buttons";

type PasskeyButtonProps = Pick<ComponentProps<typeof Button>, "size"> & {
  /** Called with the answer of the passkey. The button is busy until its promise settles. */
  onAnswer: (answer: PasskeyAnswer) => Promise<unknown>;
};

/** Lets the member choose a passkey in the browser's own dialog. If they cancel it, nothing happens. */
export function PasskeyButton({ size, onAnswer }: PasskeyButtonProps) {
  const t = useTranslations("proof");
  const client = useTRPCClient();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<"failed" | "noPasskey" | null>(null);
  const use = async () => {
    setBusy(true);
    setFault(null);
    try {
      const optionsJSON = await client.secondFactor.passkeyOptions.mutate();
      await onAnswer(PasskeyAnswer.parse(await startAuthentication({ optionsJSON })));
    } catch (error) {
      if (!isCancelled(error)) setFault(isOfBrowser(error) ? "noPasskey" : "failed");
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="grid justify-items-start gap-1.5">
      <Button
        {...(size && { size })}
        icon={KeyRound}
        busy={isBusy && t("checking")}
        onClick={() => void use()}
      >
        {t("passkey")}
      </Button>
      <p role="alert" className="text-sm text-refuse empty:hidden">
        {fault && t(fault)}
      </p>
    </div>
  );
}

/** Browsers say the same when somebody cancels, when nobody answers in time, and when there is no passkey. */
const isCancelled = (error: unknown) =>
  error instanceof Error && ["AbortError", "NotAllowedError"].includes(error.name);

const isOfBrowser = (error: unknown) =>
  error instanceof WebAuthnError || error instanceof DOMException || isUnsupported(error);

/** The library throws a plain error in a browser without passkeys. */
const isUnsupported = (error: unknown) =>
  error instanceof Error && error.message.startsWith("WebAuthn is not supported");
