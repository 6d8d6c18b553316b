"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { ChangeOwnSettings, Theme } from "@ringfence/core/account/member";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { SubmitForm } from "@/components/save-form";
import { Checkbox, Field, RadioGroup, Select } from "@/components/fields";
import { formatZone } from "@/i18n/format-time";
import { useShowDone, useTRPC } from "@/trpc/client";

type SettingsFormProps = {
  settings: Required<ChangeOwnSettings>;
  zones: readonly string[];
  /** True if their role may get the weekly report, and this installation sends mail. */
  hasReport: boolean;
  /** True if the member may set up an organization, so that Today shows them the setup checklist. */
  maySetUp: boolean;
};

export function SettingsForm({ settings, zones, hasReport, maySetUp }: SettingsFormProps) {
  const t = useTranslations("settings");
  const theme = useTranslations("shell.theme");
  const form = useForm({
    resolver: zodResolver(ChangeOwnSettings),
    defaultValues: settings,
    // The theme can also be changed outside the form.
    values: settings,
    resetOptions: { keepDirtyValues: true },
  });
  const change = useChange();
  return (
    <SubmitForm
      className="grid max-w-[26rem] gap-5 pt-4"
      onSubmit={form.handleSubmit((given) => change.mutate(given))}
      error={change.error?.message}
      submit={t("save")}
      busy={change.isPending && t("saving")}
    >
      <Field label={t("locale")}>
        {(wired) => (
          <Select {...wired} {...form.register("locale")}>
            {ChangeOwnSettings.shape.locale.unwrap().options.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {t(`locales.${locale}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("zone")} hint={t("zoneHint")}>
        {(wired) => (
          <Select {...wired} {...form.register("zone")}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {formatZone(zone)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <RadioGroup
        legend={t("theme")}
        radio={form.register("theme")}
        choices={Theme.options.map((value) => ({
          value,
          label: theme(value),
          ...(value === "auto" && { hint: t("themeHint") }),
        }))}
      />
      <Checkbox label={t("keys")} hint={t("keysHint")} {...form.register("hasSingleKeys")} />
      {hasReport && (
        <Checkbox
          label={t("report")}
          hint={t("reportHint")}
          {...form.register("hasWeeklyReport")}
        />
      )}
      {maySetUp && (
        <Checkbox
          label={t("firstSteps")}
          hint={t("firstStepsHint")}
          {...form.register("hasFirstSteps")}
        />
      )}
    </SubmitForm>
  );
}

/** Saves the settings and renders the page again with the new language and time zone. */
function useChange() {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const showDone = useShowDone();
  return useMutation(
    trpc.member.changeOwnSettings.mutationOptions({
      onSuccess(_, { theme }) {
        if (theme !== undefined) showTheme(theme);
        showDone(t("saved"));
      },
    }),
  );
}

/** Switches the theme at once. From the next page on, the server sets it. */
function showTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme;
}
