"use client";

import { useTranslations } from "next-intl";
import { signIn } from "next-auth/react";
import { useActionState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Field, Input, PasswordField } from "@/components/fields";
import { type WaitTime, readProviderError, readThrottledError } from "./sign-in-error";

type Fault = "unknown" | "failed" | WaitTime | { provider: string };
type State = { email: string; fault?: Fault };

/** Signs in, and then opens `from`. The caller makes sure that it is a path on this site. */
export function SignInForm({ from }: { from: string }) {
  const t = useTranslations("signIn");
  const [{ email, fault }, submit, isBusy] = useActionState<State, FormData>(
    (_, given) => tryToSignIn(given, from),
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

async function tryToSignIn(given: FormData, from: string): Promise<State> {
  const [email, password] = [readText(given.get("email")), readText(given.get("password"))];
  try {
    const answer = await signIn("credentials", { email, password, redirect: false });
    if (answer?.ok) {
      // A full page load, because the router caches pages rendered for nobody.
      window.location.assign(from);
      return await new Promise<State>(() => {});
    }
    const provider = readProviderError(answer?.error);
    if (provider !== null) return { email, fault: { provider } };
    return { email, fault: readThrottledError(answer?.error) ?? "unknown" };
  } catch {
    return { email, fault: "failed" };
  }
}

const readText = (value: FormDataEntryValue | null) => (typeof value === "string" ? value : "");
