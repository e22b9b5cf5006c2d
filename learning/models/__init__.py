from .certificates import Certificate, CertificateQuerySet, ModulePass
from .copies import CertificateCopy
from .methods import Method, MethodTrial
from .module_events import ModuleEvent
from .onboarding import EthicsConfirmation, EthicsStatement, OnboardingItem
from .programmes import Module, Programme, ProgrammeModule
from .roots import Root

__all__ = [
    "Certificate",
    "CertificateCopy",
    "CertificateQuerySet",
    "EthicsConfirmation",
    "EthicsStatement",
    "Method",
    "MethodTrial",
    "Module",
    "ModuleEvent",
    "ModulePass",
    "OnboardingItem",
    "Programme",
    "ProgrammeModule",
    "Root",
]
