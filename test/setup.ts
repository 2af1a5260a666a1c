import * as fc from "fast-check";

// The same values in every run, so that a change is never rejected for what another change brought in.
// `FAST_CHECK_SEED=$RANDOM npx vitest run` goes looking for more.
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20261123) });
