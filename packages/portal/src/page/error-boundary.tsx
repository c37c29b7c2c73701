import { Component, type ReactNode } from 'react';
import { CrashPage } from './crash-page.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** Shown instead of what broke. */
  readonly fallback?: ReactNode;
}

/** Keeps a screen that breaks from taking the whole portal with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return this.props.fallback ?? <CrashPage />;
  }
}
