// Catches what no page caught and shows a page instead of nothing.
import { Component, type ReactNode } from 'react';
import { Crash } from './FullPageNotice.tsx';

type State = { readonly error: unknown; readonly crashed: boolean };

export class CrashBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined, crashed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crash error={this.state.error} /> : this.props.children;
  }
}
