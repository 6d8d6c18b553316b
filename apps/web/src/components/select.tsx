import type { ComponentProps } from "react";
import { CONTROL } from "./control-class";

/** The browser's own select: it works before scripts load, and is a wheel on phones. */
export const Select = (select: Omit<ComponentProps<"select">, "className">) => (
  <select {...select} className={`${CONTROL} select pr-8`} />
);
