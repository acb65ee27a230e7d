//! The port of the preview: the one that was asked for, or the next that is free.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};

use crate::diagnostic::{Diagnostic, Severity, reason};

/// How many ports are tried.
const TRIED: u16 = 20;

/// Listens on the first free port from `first` on; 0 leaves the choice to the system.
///
/// # Errors
/// When none of [`TRIED`] ports is free, or this user may not use them.
pub(super) fn bind(first: u16) -> Result<TcpListener, Box<Diagnostic>> {
    let last = first.saturating_add(TRIED - 1);
    for port in first..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(refused(port, &error)),
        }
    }
    let message = format!("端口 {first} 到 {last} 都被占用");
    Err(problem(message))
}

fn refused(port: u16, error: &io::Error) -> Box<Diagnostic> {
    problem(format!("不能使用端口 {port}：{}", reason(error)))
}

fn problem(message: String) -> Box<Diagnostic> {
    let hint = "用 --port 指明另一个端口，0 由系统选择";
    Box::new(Diagnostic::anywhere(Severity::Error, "serve-port", message).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use super::bind;

    #[test]
    fn a_taken_port_is_passed_over() {
        let first = bind(0).unwrap();
        let taken = first.local_addr().unwrap();
        let next = bind(taken.port()).unwrap().local_addr().unwrap();
        assert!(next.port() > taken.port() && next.ip().is_loopback(), "{next}");
    }
}
