// The HTTP calls of signing in by another system; the addresses that browsers go to are in providers.ts.
import { SignInProviders } from './providers.ts';
import { route } from './route.ts';

export const providerRoutes = {
  signInProviders: route('GET', '/api/sign-in', 'anyone', 'The systems by which one can sign in, besides a password of our own', {
    answer: SignInProviders,
  }),
} as const;
