export type Mended = { phone: string; reference: string };
