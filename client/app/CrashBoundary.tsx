// Catches what no page caught and shows a page instead of nothing.
import { Component, type ReactNode } from 'react';
import { Crash } from './FullPageNotice.tsx';

type Props = {
  readonly children: ReactNode;
  /** When it changes, what crashed is tried again: a broken page must not keep the next one from showing. */
  readonly place?: string;
};
type State = { readonly error: unknown; readonly crashed: boolean };

export class CrashBoundary extends Component<Props, State> {
  override state: State = { error: undefined, crashed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, crashed: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.crashed && before.place !== this.props.place) this.setState({ error: undefined, crashed: false });
  }

  override render() {
    return this.state.crashed ? <Crash error={this.state.error} /> : this.props.children;
  }
}
