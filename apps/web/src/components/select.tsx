import type { ComponentProps } from "react";
import { CONTROL } from "./control-class";

/** The browser's own: it works before any script does, and is a wheel on a phone. */
export const Select = (select: Omit<ComponentProps<"select">, "className">) => (
  <select {...select} className={`${CONTROL} select pr-8`} />
);
