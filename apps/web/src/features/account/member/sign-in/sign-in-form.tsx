"use client";

import type { PasskeyAnswer } from "@ringfence/core/account/second-factor";
import { useTranslations } from "next-intl";
import { signIn } from "next-auth/react";
import { startTransition, useActionState } from "react";
import { PasskeyButton } from "@/components/passkey-button";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Field, Input, PasswordField } from "@/components/fields";
import { type WaitTime, readProviderError, readThrottledError } from "./sign-in-error";

/**
 * Why the last attempt failed: a message of `signIn` (`unknown`: wrong e-mail or password), the time to wait, or the
 * address of the organization's page if its members have to sign in with its identity provider.
 */
type Fault = "unknown" | "passkey" | "passkeyReset" | "failed" | WaitTime | { provider: string };
type State = { email: string; fault?: Fault };

/** Signs in, and then opens `from`. The caller makes sure that it is a path on this site. */
export function SignInForm({ from }: { from: string }) {
  const t = useTranslations("signIn");
  const [{ email, fault }, submit, isBusy] = useActionState<State, Given>(
    (before, given) => tryToSignIn(given, from, before.email),
    { email: "" },
  );
  return (
    // An action: a form sent before scripts have loaded waits for them, and never puts the password into
    // the URL.
    <form action={submit} className="grid gap-4">
      {fault && <FaultBanner fault={fault} />}
      <Field label={t("email")}>
        {(wired) => (
          <Input
            {...wired}
            name="email"
            type="email"
            autoComplete="username"
            required
            key={email}
            defaultValue={email}
          />
        )}
      </Field>
      <PasswordField name="password" label={t("password")} />
      <Button type="submit" look="primary" size="big" busy={isBusy && t("busy")}>
        {t("submit")}
      </Button>
      <PasskeyButton
        size="big"
        onAnswer={async (passkey) => startTransition(() => submit({ passkey }))}
      />
    </form>
  );
}

function FaultBanner({ fault }: { fault: Fault }) {
  const t = useTranslations("signIn");
  if (typeof fault === "string") return <Banner tone="bad" role="alert" title={t(fault)} />;
  if ("provider" in fault) {
    return (
      <Banner tone="bad" role="alert" title={t("providerRequired")}>
        <a href={`/sign-in/${fault.provider}`}>{t("providerPage")}</a>
      </Banner>
    );
  }
  return (
    <Banner tone="bad" role="alert" title={t("throttled", fault)}>
      {t("throttledHint")}
    </Banner>
  );
}

type Given = FormData | { passkey: PasskeyAnswer };

/** Signs in, or returns why it failed. The field keeps its e-mail, because a passkey brings none. */
async function tryToSignIn(given: Given, from: string, emailBefore: string): Promise<State> {
  const email = given instanceof FormData ? readText(given.get("email")) : emailBefore;
  try {
    const answer = await sendSignIn(given);
    if (answer?.ok) {
      // A full page load, because the router caches pages rendered for nobody.
      window.location.assign(from);
      return await new Promise<State>(() => {});
    }
    return { email, fault: readFault(given, answer?.error) };
  } catch {
    return { email, fault: "failed" };
  }
}

const sendSignIn = (given: Given) =>
  given instanceof FormData
    ? signIn("credentials", {
        email: readText(given.get("email")),
        password: readText(given.get("password")),
        redirect: false,
      })
    : signIn("passkey", { answer: JSON.stringify(given.passkey), redirect: false });

function readFault(given: Given, error: string | null | undefined): Fault {
  const provider = readProviderError(error);
  if (provider !== null) return { provider };
  if (given instanceof FormData) return readThrottledError(error) ?? "unknown";
  return error === "passkeyReset" ? error : "passkey";
}

const readText = (value: FormDataEntryValue | null) => (typeof value === "string" ? value : "");
